using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>What is kept of a response.</summary>
internal sealed record KeptResponse(int Status, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, ReadOnlyMemory<byte> Body)
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    public static KeptResponse Of(HttpResponse response, ReadOnlyMemory<byte> body, IReadOnlySet<string> headers) => new(
        response.StatusCode,
        [.. response.Headers.Where(header => headers.Contains(header.Key))],
        body);

    /// <summary>Sends it again.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        foreach (var (name, values) in Headers)
        {
            response.Headers[name] = values;
        }

        response.Headers[ReplayedHeader] = "true";
        if (!Body.IsEmpty)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
