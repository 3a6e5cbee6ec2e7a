using System.Security.Cryptography;

namespace DomainVerification.Dns;

/// <summary>
/// Octets of the operating system's generator, taken from it many at a time, because one call costs more than a whole query. What was
/// handed out is wiped.
/// </summary>
internal static class RandomOctets
{
    private const int BatchLength = 1024;

    [ThreadStatic]
    private static byte[]? t_batch;

    [ThreadStatic]
    private static int t_left;

    /// <param name="destination">What to fill; much shorter than a batch.</param>
    public static void Fill(Span<byte> destination)
    {
        var batch = t_batch ??= new byte[BatchLength];
        if (t_left < destination.Length)
        {
            RandomNumberGenerator.Fill(batch);
            t_left = BatchLength;
        }

        t_left -= destination.Length;
        var taken = batch.AsSpan(t_left, destination.Length);
        taken.CopyTo(destination);
        taken.Clear();
    }
}
