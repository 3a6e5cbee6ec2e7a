using System.Security.Cryptography;
using DomainVerification.AspNetCore.Bodies.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using static DomainVerification.AspNetCore.Idempotency.Internal.IdempotencyDiagnostics;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>Decides what a request gets: a run, the response of the first run, or a refusal.</summary>
internal sealed class IdempotencyRunner(
    IIdempotencyStore store,
    IIdempotencyClientAccessor clients,
    IReplayProtector protector,
    TimeProvider time,
    ILogger<IdempotencyRunner> logger)
{
    private readonly OutcomeRecord _records = new(protector);
    private readonly RunSettlement _settlement = new(store, new OutcomeRecord(protector), time, logger);

    public async Task InvokeAsync(HttpContext context, IdempotencyKeyMetadata metadata, string template, RequestDelegate inner)
    {
        var options = metadata.Options;
        var endpoint = $"{context.Request.Method} {template}";
        if (!context.Request.Headers.TryGetValue(options.HeaderName, out var header))
        {
            await (options.IsRequired ? RefuseAsync(context, IdempotencyErrorCodes.KeyMissing, options, endpoint) : inner(context))
                .ConfigureAwait(false);
            return;
        }

        var (key, body, problem) = await ReadAsync(context, header, options, template).ConfigureAwait(false);
        if (key is null)
        {
            await RefuseAsync(context, problem, options, endpoint).ConfigureAwait(false);
            return;
        }

        var now = time.GetUtcNow();
        var request = new IdempotencyRequest
        {
            Key = key,
            Fingerprint = await RequestIdentity.FingerprintAsync(context.Request, template, body, context.RequestAborted)
                .ConfigureAwait(false),
            Run = Guid.CreateVersion7(now),
            Now = now,
            LeaseDuration = options.LeaseDuration,
            Lifetime = options.Lifetime,
        };
        var answer = await BeginAsync(request, endpoint, context.RequestAborted).ConfigureAwait(false);
        switch (answer?.Status)
        {
            case IdempotencyStatus.Started:
                RecordRequest("started", endpoint);
                var run = new IdempotentRun(metadata, key, request.Run, answer.LeasedUntil ?? now + options.LeaseDuration);
                await _settlement.RunAsync(context, run, body, endpoint, inner).ConfigureAwait(false);
                break;
            case IdempotencyStatus.Completed:
                await ReplayAsync(context, key, answer.Outcome, options, endpoint).ConfigureAwait(false);
                break;
            case IdempotencyStatus.Running:
                var left = answer.LeasedUntil - now ?? options.RetryAfter;
                await RefuseAsync(
                    context,
                    IdempotencyErrorCodes.InProgress,
                    options,
                    endpoint,
                    left < options.RetryAfter ? left : options.RetryAfter).ConfigureAwait(false);
                break;
            case IdempotencyStatus.KeyReused:
                await RefuseAsync(context, IdempotencyErrorCodes.KeyReused, options, endpoint).ConfigureAwait(false);
                break;
            default:
                await RefuseAsync(context, IdempotencyErrorCodes.StoreUnavailable, options, endpoint, options.RetryAfter)
                    .ConfigureAwait(false);
                break;
        }
    }

    /// <summary>The key and the body, each validated before the next is looked at; or what is wrong with them.</summary>
    private async ValueTask<(IdempotencyKey? Key, byte[] Body, string Problem)> ReadAsync(
        HttpContext context,
        StringValues header,
        IdempotencyOptions options,
        string template)
    {
        var (text, malformed) = KeyHeader.Read(header, options.MaximumKeyLength);
        if (text is null)
        {
            return (null, [], malformed ?? IdempotencyErrorCodes.KeyInvalid);
        }

        if (await clients.GetClientAsync(context, context.RequestAborted).ConfigureAwait(false) is not { } client)
        {
            return (null, [], IdempotencyErrorCodes.ClientUnknown);
        }

        var (body, fault) = await BoundedBody.ReadAsync(context.Request, options.MaximumRequestBodySize, context.RequestAborted)
            .ConfigureAwait(false);
        return fault switch
        {
            BodyFault.TooLarge => (null, [], IdempotencyErrorCodes.BodyTooLarge),
            BodyFault.Unreadable => (null, [], IdempotencyErrorCodes.BodyUnreadable),
            _ => (new IdempotencyKey(RequestIdentity.Scope(client, context.Request.Method, template), text), body, string.Empty),
        };
    }

    private async ValueTask<IdempotencyAnswer?> BeginAsync(IdempotencyRequest request, string endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return await store.BeginAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // It may have begun all the same. Nobody is going to run it: the key need not wait for the lease.
            await _settlement.TryAbandonAsync(request.Key, request.Run).ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            Log.BeginFailed(logger, exception, endpoint);
            return null;
        }
    }

    private async Task ReplayAsync(
        HttpContext context,
        IdempotencyKey key,
        ReadOnlyMemory<byte> outcome,
        IdempotencyOptions options,
        string endpoint)
    {
        KeptResponse? response = null;
        var problem = IdempotencyErrorCodes.NotReplayable;
        try
        {
            response = await _records.ReadAsync(outcome, key, context.RequestAborted).ConfigureAwait(false);
        }
        catch (CryptographicException exception)
        {
            Log.OutcomeUnreadable(logger, exception, endpoint);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.BeginFailed(logger, exception, endpoint);
            problem = IdempotencyErrorCodes.StoreUnavailable;
        }

        if (response is null)
        {
            TimeSpan? retryAfter = problem == IdempotencyErrorCodes.StoreUnavailable ? options.RetryAfter : null;
            await RefuseAsync(context, problem, options, endpoint, retryAfter).ConfigureAwait(false);
            return;
        }

        RecordRequest("replayed", endpoint);
        Log.Replayed(logger, endpoint);
        await response.SendAsync(context).ConfigureAwait(false);
    }

    private Task RefuseAsync(HttpContext context, string kind, IdempotencyOptions options, string endpoint, TimeSpan? retryAfter = null)
    {
        var refusal = Refusals.Of(kind, options, retryAfter);
        RecordRequest(refusal.Kind, endpoint);
        Log.KeyRefused(logger, endpoint, refusal.Kind);
        return RefusalWriter.WriteAsync(context, refusal, options);
    }
}
