using System.Globalization;
using DomainVerification.AspNetCore.Endpoints.Internal;
using DomainVerification.AspNetCore.Errors.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DomainVerification.AspNetCore.Streams.Internal;

/// <summary>The live progress of a claim: its present state, and then each change, until it has ended or the stream's time is over.</summary>
internal sealed class ClaimStream(ClaimCall call) : IResult
{
    private readonly TimeProvider _time = call.Http.RequestServices.GetRequiredService<TimeProvider>();
    private readonly ClaimStreamOptions _options =
        call.Http.RequestServices.GetRequiredService<IOptions<DomainVerificationWebOptions>>().Value.Streams;

    private readonly ILogger _logger = call.Http.RequestServices.GetRequiredService<ILogger<ClaimStream>>();

    /// <summary>
    /// The version that the reader has seen last; <see langword="null"/> where it says none, or nothing that this endpoint has ever sent.
    /// </summary>
    public static long? SeenBy(HttpContext http) =>
        http.Request.Headers["Last-Event-ID"] is [{ } text]
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Taken here and not by the handler: a filter of the host that answers something else would never give it back.
        if (httpContext.RequestServices.GetRequiredService<StreamSlots>().TryEnter(call.Claim.Owner) is not { } slot)
        {
            StreamDiagnostics.Log.StreamRefused(_logger, call.Claim.Id);
            await Refusal(httpContext).ExecuteAsync(httpContext).ConfigureAwait(false);
            return;
        }

        var writer = new EventWriter(httpContext.Response);
        StreamEnd end;
        using (slot)
        {
            StreamDiagnostics.Log.StreamBegan(_logger, call.Claim.Id);
            end = await LiveAsync(writer, httpContext).ConfigureAwait(false);
        }

        StreamDiagnostics.Log.StreamEnded(_logger, call.Claim.Id, writer.Events, end);
    }

    private async Task<StreamEnd> LiveAsync(EventWriter writer, HttpContext http)
    {
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var over = new CancellationTokenSource(Lifetime(http), _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping, http.RequestAborted);
        try
        {
            return await RunAsync(writer, ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (!ended.IsCancellationRequested)
            {
                // What was sent stands, and the reader comes back with the last of it: nothing to tell it but the end.
                StreamDiagnostics.Log.StreamFaulted(_logger, exception, call.Claim.Id);
            }

            return http.RequestAborted.IsCancellationRequested ? StreamEnd.Left
                : stopping.IsCancellationRequested ? StreamEnd.Stopped
                : over.IsCancellationRequested ? StreamEnd.Over
                : StreamEnd.Faulted;
        }
    }

    private async Task<StreamEnd> RunAsync(EventWriter writer, CancellationToken cancellationToken)
    {
        // Listened to before the first look, so that no change falls in between.
        using var subscription = call.Http.RequestServices.GetRequiredService<IClaimSignals>().Subscribe(call.Claim.Id);
        await writer.BeginAsync(_options.ReconnectDelay, cancellationToken).ConfigureAwait(false);
        var clock = new StreamClock(subscription, _options, _time);
        var seen = SeenBy(call.Http);
        var claim = await StreamAccess.ReadAsync(call, cancellationToken).ConfigureAwait(false);
        while (claim is not null)
        {
            if (claim.Version != seen)
            {
                await writer.WriteAsync(claim, cancellationToken).ConfigureAwait(false);
                seen = claim.Version;
                clock.Spoke();
            }
            else if (clock.IsBeatDue)
            {
                await writer.BeatAsync(cancellationToken).ConfigureAwait(false);
                clock.Spoke();
            }

            if (!claim.Status.IsLive)
            {
                return StreamEnd.Final;
            }

            if (await clock.WaitAsync(cancellationToken).ConfigureAwait(false) is { } fault)
            {
                StreamDiagnostics.Log.SignalsFaulted(_logger, fault, call.Claim.Id);
            }

            claim = await StreamAccess.ReadAgainAsync(call, cancellationToken).ConfigureAwait(false);
        }

        return StreamEnd.Gone;
    }

    /// <summary>As long as streams live, or as what the reader signed in with holds, where that is shorter.</summary>
    private TimeSpan Lifetime(HttpContext http)
    {
        var left = StreamAccess.ExpiryOf(http) - _time.GetUtcNow() ?? _options.Lifetime;
        return left > _options.Lifetime ? _options.Lifetime : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private IResult Refusal(HttpContext http)
    {
        http.Response.Headers[HeaderNames.RetryAfter] =
            Math.Ceiling(_options.ReconnectDelay.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        return Problems.Of(
            http,
            DomainVerificationWebErrorCodes.TooManyStreams,
            "You have as many streams open as you may. Close one, or read the claim from time to time.");
    }
}
