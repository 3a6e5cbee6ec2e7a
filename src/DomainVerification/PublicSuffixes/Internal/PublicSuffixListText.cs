using System.Text;

namespace DomainVerification.PublicSuffixes.Internal;

internal static class PublicSuffixListText
{
    private const int ChunkLength = 81_920;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a stream to its end, or gives up as soon as it proves too long.</summary>
    public static async Task<(string? Text, DomainVerificationError? Error)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var chunk = new byte[ChunkLength];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            content.Write(chunk, 0, read);
            if (content.Length > PublicSuffixList.MaxTextLength)
            {
                return (null, PublicSuffixListErrors.TooLarge());
            }
        }

        try
        {
            return (StrictUtf8.GetString(content.GetBuffer(), 0, (int)content.Length), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, PublicSuffixListErrors.NotUtf8());
        }
    }
}
