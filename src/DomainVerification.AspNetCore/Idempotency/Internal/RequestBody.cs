using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>Reads the body of a request into memory, up to a limit.</summary>
internal static class RequestBody
{
    private const int ChunkSize = 8192;

    /// <summary>
    /// The body; or the code of what is wrong, <see cref="IdempotencyErrorCodes.BodyTooLarge"/> or
    /// <see cref="IdempotencyErrorCodes.BodyUnreadable"/>. Of a body over the limit no more is read than shows it.
    /// </summary>
    public static async ValueTask<(byte[]? Body, string? Problem)> ReadAsync(
        HttpRequest request,
        int limit,
        CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return (null, IdempotencyErrorCodes.BodyTooLarge);
        }

        try
        {
            return await ReadBytesAsync(request.Body, limit, cancellationToken).ConfigureAwait(false) is { } body
                ? (body, null)
                : (null, IdempotencyErrorCodes.BodyTooLarge);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, IdempotencyErrorCodes.BodyTooLarge);
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, IdempotencyErrorCodes.BodyUnreadable);
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
