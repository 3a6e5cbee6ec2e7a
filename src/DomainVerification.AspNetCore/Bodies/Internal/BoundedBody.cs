using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Bodies.Internal;

/// <summary>Why a body was not read.</summary>
internal enum BodyFault
{
    /// <summary>It was.</summary>
    None,

    /// <summary>It is over the limit, ours or the server's.</summary>
    TooLarge,

    /// <summary>It ended early, or its framing is none: servers say it in more ways than one.</summary>
    Unreadable,
}

/// <summary>Reads the body of a request into memory, up to a limit.</summary>
internal static class BoundedBody
{
    private const int ChunkSize = 8192;

    /// <summary>
    /// The body, or why there is none. Of a body that says that it is over the limit nothing is read, and of one that is without saying so
    /// no more than shows it.
    /// </summary>
    public static async ValueTask<(byte[] Body, BodyFault Fault)> ReadAsync(
        HttpRequest request,
        int limit,
        CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return ([], BodyFault.TooLarge);
        }

        try
        {
            return await ReadBytesAsync(request.Body, limit, cancellationToken).ConfigureAwait(false) is { } body
                ? (body, BodyFault.None)
                : ([], BodyFault.TooLarge);
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ([], BodyFault.TooLarge);
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            return ([], BodyFault.Unreadable);
        }
    }

    private static async ValueTask<byte[]?> ReadBytesAsync(Stream source, int limit, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var chunk = new byte[Math.Min(ChunkSize, limit + 1)];
        int read;
        while ((read = await source.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > limit)
            {
                return null;
            }

            body.Write(chunk.AsSpan(0, read));
        }

        return body.ToArray();
    }
}
