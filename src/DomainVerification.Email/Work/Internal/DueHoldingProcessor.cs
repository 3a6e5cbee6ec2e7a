using DomainVerification.Email.Checks.Internal;
using DomainVerification.Email.Diagnostics;
using DomainVerification.Email.Identities.Internal;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Email.Work.Internal;

/// <summary>Looks for the records of the holdings that are due.</summary>
internal sealed class DueHoldingProcessor(
    Holdings holdings,
    IClaimStore claims,
    HoldingChecker checker,
    TimeProvider time,
    ILogger<DueHoldingProcessor> logger)
{
    /// <summary>Takes one batch; gives how many holdings it had.</summary>
    public async Task<int> RunOnceAsync(DomainVerificationWorkerOptions settings, CancellationToken cancellationToken)
    {
        var request = new LeaseRequest(time.GetUtcNow(), settings.LeaseDuration, settings.BatchSize);
        var due = await holdings.LeaseAsync(request, cancellationToken).ConfigureAwait(false);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, parallel, async (record, token) =>
        {
            try
            {
                await DoAsync(record, request.Now + request.Duration, token).ConfigureAwait(false);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                EmailDiagnostics.Log.LookFaulted(logger, exception, record.Key.ClaimId, record.Key.Epoch);
            }
        }).ConfigureAwait(false);
        return due.Count;
    }

    private async Task DoAsync(HoldingRecord record, DateTimeOffset leasedUntil, CancellationToken cancellationToken)
    {
        // What waited in the batch for too long may be another worker's by now.
        if (time.GetUtcNow() >= leasedUntil)
        {
            return;
        }

        var claim = await claims.FindAsync(record.Key.ClaimId, cancellationToken).ConfigureAwait(false);
        if (claim is { Status.Holds: true } && claim.Epoch == record.Key.Epoch)
        {
            await checker.CheckAsync(record, isAsked: false, cancellationToken).ConfigureAwait(false);
            return;
        }

        // The holding ended and its release is on its way: nobody wants to know any more.
        await holdings.ChangeAsync(
            record.Key,
            holding => holding with { Identities = [.. holding.Identities.Select(identity => identity with { NextCheckAt = null })] },
            cancellationToken).ConfigureAwait(false);
    }
}
