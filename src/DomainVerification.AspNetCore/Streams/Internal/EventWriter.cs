using System.Globalization;
using System.Text;
using System.Text.Json;
using DomainVerification.AspNetCore.Resources.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace DomainVerification.AspNetCore.Streams.Internal;

/// <summary>
/// Writes server-sent events (the HTML standard, section "Server-sent events"). The framework's own result writes no comments, which is
/// what a heartbeat has to be: any event would reach the page.
/// </summary>
internal sealed class EventWriter(HttpResponse response)
{
    public const string MediaType = "text/event-stream";

    /// <summary>How many events were written.</summary>
    public long Events { get; private set; }

    /// <summary>Begins the response, and tells the reader how long to wait before it opens the next stream.</summary>
    public Task BeginAsync(TimeSpan reconnectDelay, CancellationToken cancellationToken)
    {
        response.ContentType = MediaType;

        // Nothing on the way may hold events back until there are more.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $"retry: {(long)reconnectDelay.TotalMilliseconds}\n\n"),
            cancellationToken);
    }

    /// <summary>Writes the present state of the claim; its version is what a reader resumes with.</summary>
    public Task WriteAsync(DomainClaim claim, CancellationToken cancellationToken)
    {
        Events++;

        // JSON has no line break but in its white space, which is not written.
        var data = JsonSerializer.Serialize(ClaimUpdate.Of(claim), WebJson.Default.ClaimUpdate);
        return WriteAsync(
            string.Create(CultureInfo.InvariantCulture, $"id: {claim.Version}\nevent: claim\ndata: {data}\n\n"),
            cancellationToken);
    }

    /// <summary>Writes what no reader sees, to keep the connection alive.</summary>
    public Task BeatAsync(CancellationToken cancellationToken) => WriteAsync(":\n\n", cancellationToken);

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        Encoding.UTF8.GetBytes(text, response.BodyWriter);
        await response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
