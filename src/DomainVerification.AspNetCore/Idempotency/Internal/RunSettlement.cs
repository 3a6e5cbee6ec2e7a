using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Logging;
using static DomainVerification.AspNetCore.Idempotency.Internal.IdempotencyDiagnostics;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>Runs a request under its key, and completes or abandons the run before the client sees that it is over.</summary>
internal sealed class RunSettlement(IIdempotencyStore store, OutcomeRecord records, TimeProvider time, ILogger logger)
{
    /// <summary>For how long a store may take to learn how a run ended; a client that has left is no reason to stop.</summary>
    internal static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(30);

    public async Task RunAsync(HttpContext context, IdempotentRun run, byte[] body, string endpoint, RequestDelegate inner)
    {
        var response = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var captured = new CapturedResponse(response, run.Metadata.Options.MaximumResponseBodySize);
        bool hasEnded;
        try
        {
            hasEnded = await InvokeAsync(context, run, body, captured, inner).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // What became of it nobody knows; the next request with the key finds out.
            await AbandonAsync(run, endpoint, StatusCodes.Status500InternalServerError).ConfigureAwait(false);
            throw;
        }

        if (hasEnded || run.IsForgotten || !run.HasBegun
            || run.Metadata.Options.StatusesNotKept.Contains(context.Response.StatusCode))
        {
            await AbandonAsync(run, endpoint, context.Response.StatusCode).ConfigureAwait(false);
        }
        else
        {
            await CompleteAsync(context.Response, run, captured, endpoint).ConfigureAwait(false);
        }

        try
        {
            await captured.SendAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client has left. It finds the response under its key.
        }
    }

    /// <summary>Frees a key without regard for whether that works.</summary>
    public async ValueTask TryAbandonAsync(IdempotencyKey key, Guid run)
    {
        try
        {
            using var timeout = new CancellationTokenSource(SettleTimeout, time);
            await store.AbandonAsync(key, run, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The lease frees it.
        }
    }

    /// <summary>Runs the endpoint on the buffered body, into the captured response; tells whether it was ended from outside.</summary>
    private static async Task<bool> InvokeAsync(
        HttpContext context,
        IdempotentRun run,
        byte[] body,
        CapturedResponse captured,
        RequestDelegate inner)
    {
        var features = context.Features;
        var response = features.Get<IHttpResponseBodyFeature>();
        var connection = features.Get<IHttpRequestLifetimeFeature>();
        var stream = context.Request.Body;
        using var lifetime = new RunLifetime(
            connection,
            features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken ?? CancellationToken.None);
        features.Set<IIdempotentRun>(run);
        features.Set<IHttpResponseBodyFeature>(captured);
        features.Set<IHttpRequestLifetimeFeature>(lifetime);
        context.Request.Body = new MemoryStream(body, writable: false);
        try
        {
            await inner(context).ConfigureAwait(false);
            await captured.CompleteAsync().ConfigureAwait(false);
            return lifetime.HasEnded;
        }
        finally
        {
            context.Request.Body = stream;
            features.Set(connection);
            features.Set(response);
            features.Set<IIdempotentRun>(null);
        }
    }

    private async ValueTask CompleteAsync(HttpResponse response, IdempotentRun run, CapturedResponse captured, string endpoint)
    {
        var record = await RecordAsync(response, run, captured, endpoint).ConfigureAwait(false);
        var completion = new IdempotencyCompletion(run.Key, run.Run, record);
        var end = ReferenceEquals(record, OutcomeRecord.NotReplayable) ? "not_replayable" : "kept";
        var isSettled = await SettleAsync(token => store.CompleteAsync(completion, token), run, endpoint, end).ConfigureAwait(false);
        if (isSettled is IdempotencySettlement.NotRunning)
        {
            Log.LeaseLost(logger, endpoint, run.Run);
        }
    }

    private async ValueTask<byte[]> RecordAsync(HttpResponse response, IdempotentRun run, CapturedResponse captured, string endpoint)
    {
        if (run.IsReplayForbidden)
        {
            return OutcomeRecord.NotReplayable;
        }

        if (captured.IsFlowing || response.HasStarted)
        {
            Log.OutcomeNotKept(logger, endpoint, run.Run);
            return OutcomeRecord.NotReplayable;
        }

        try
        {
            using var timeout = new CancellationTokenSource(SettleTimeout, time);
            var kept = KeptResponse.Of(response, captured.Body, run.Metadata.Options.ReplayedHeaders);
            return await records.WriteAsync(kept, run.Key, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The work is done: better a key that says so than one that does it again.
            Log.ProtectFailed(logger, exception, endpoint, run.Run);
            return OutcomeRecord.NotReplayable;
        }
    }

    private async ValueTask AbandonAsync(IdempotentRun run, string endpoint, int status)
    {
        Log.RunAbandoned(logger, endpoint, run.Run, status);
        await SettleAsync(token => store.AbandonAsync(run.Key, run.Run, token), run, endpoint, "abandoned").ConfigureAwait(false);
    }

    /// <summary>Tells the store, twice if it throws; an outage here must not take the response from the client.</summary>
    private async ValueTask<IdempotencySettlement?> SettleAsync(
        Func<CancellationToken, ValueTask<IdempotencySettlement>> settle,
        IdempotentRun run,
        string endpoint,
        string end)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var timeout = new CancellationTokenSource(SettleTimeout, time);
                var settlement = await settle(timeout.Token).ConfigureAwait(false);

                // A first try that threw may have written all the same, and then the second finds nothing to do.
                var isLost = settlement == IdempotencySettlement.NotRunning && attempt == 1;
                RecordRun(isLost ? "lease_lost" : end, endpoint);
                return isLost ? settlement : IdempotencySettlement.Settled;
            }
            catch (Exception exception)
            {
                if (attempt == 2)
                {
                    RecordRun("failed", endpoint);
                    Log.SettleFailed(logger, exception, endpoint, run.Run);
                    return null;
                }
            }
        }
    }
}
