using DomainVerification.Claims.Internal;
using DomainVerification.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Work.Internal;

/// <summary>Re-checks the claims that are due, and lets those expire whose challenge has run out.</summary>
internal sealed class DueClaimProcessor(
    IClaimStore store,
    DomainClaimManager manager,
    IOptionsMonitor<DomainVerificationWorkerOptions> options,
    TimeProvider time,
    ILogger<DueClaimProcessor> logger)
{
    /// <summary>Takes one batch; gives how many claims it held.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var request = new LeaseRequest(time.GetUtcNow(), settings.LeaseDuration, settings.BatchSize);
        var due = await store.LeaseDueClaimsAsync(request, cancellationToken).ConfigureAwait(false);
        if (due.Count == 0)
        {
            return 0;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, parallel, async (claim, token) =>
        {
            try
            {
                await DoAsync(claim, request.Now + request.Duration, token).ConfigureAwait(false);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                DomainVerificationDiagnostics.Log.RecheckFaulted(logger, exception, claim.Id);
            }
        }).ConfigureAwait(false);
        return due.Count;
    }

    /// <summary>Looks after one leased claim.</summary>
    internal async Task DoAsync(DomainClaim claim, DateTimeOffset leasedUntil, CancellationToken cancellationToken)
    {
        // A claim that waited in the batch for too long may be another worker's by now.
        var lease = leasedUntil - time.GetUtcNow();
        if (lease <= TimeSpan.Zero)
        {
            return;
        }

        // A policy or a checker of the host that ignores its token must not keep the worker from everything else.
        using var limit = new CancellationTokenSource(lease, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await manager.RecheckAsync(claim, linked.Token).WaitAsync(linked.Token).ConfigureAwait(false);
    }
}
