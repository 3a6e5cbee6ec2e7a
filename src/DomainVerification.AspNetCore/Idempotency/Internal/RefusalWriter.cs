using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>Writes a refusal as the host wants it, or as problem details (RFC 9457).</summary>
internal static class RefusalWriter
{
    private const string TypePrefix = "urn:domainverification:problem:";

    public static async Task WriteAsync(HttpContext context, IdempotencyRefusal refusal, IdempotencyOptions options)
    {
        var response = context.Response;
        response.StatusCode = refusal.Status;
        response.Headers.CacheControl = "no-store";
        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Documentation is { } documentation)
        {
            response.Headers.Append("Link", $"<{documentation.AbsoluteUri}>; rel=\"help\"");
        }

        if (options.WriteRefusal is { } write)
        {
            await write(context, refusal).ConfigureAwait(false);
            return;
        }

        var body = Body(refusal);
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Body(IdempotencyRefusal refusal)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("type", TypePrefix + refusal.Kind.Replace('_', '-'));
            writer.WriteString("title", refusal.Title);
            writer.WriteNumber("status", refusal.Status);
            writer.WriteString("detail", refusal.Detail);
            writer.WriteString("code", refusal.Code);
            if (refusal.Documentation is { } documentation)
            {
                writer.WriteString("documentation", documentation.AbsoluteUri);
            }

            writer.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
