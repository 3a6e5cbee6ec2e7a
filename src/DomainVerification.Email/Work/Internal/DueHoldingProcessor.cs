using System.Collections.Concurrent;
using DomainVerification.Email.Checks.Internal;
using DomainVerification.Email.Diagnostics;
using DomainVerification.Email.Identities.Internal;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Email.Work.Internal;

/// <summary>Looks for the records of the holdings that are due. What a stop of the host interrupts is due again at once.</summary>
internal sealed class DueHoldingProcessor(
    Holdings holdings,
    IClaimStore claims,
    HoldingChecker checker,
    TimeProvider time,
    ILogger<DueHoldingProcessor> logger)
{
    private static readonly TimeSpan LongestGivingBack = TimeSpan.FromSeconds(5);

    /// <summary>Takes one batch; gives how many holdings it had.</summary>
    public async Task<int> RunOnceAsync(DomainVerificationWorkerOptions settings, CancellationToken cancellationToken)
    {
        var request = new LeaseRequest(time.GetUtcNow(), settings.LeaseDuration, settings.BatchSize);
        var leasedUntil = request.Now + request.Duration;
        var due = await holdings.LeaseAsync(request, cancellationToken).ConfigureAwait(false);
        var open = new ConcurrentDictionary<HoldingKey, HoldingRecord>(due.Select(record => KeyValuePair.Create(record.Key, record)));
        try
        {
            await LookAsync(due, open, leasedUntil, settings, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What outlived its lease may be another worker's by now.
            if (cancellationToken.IsCancellationRequested && time.GetUtcNow() < leasedUntil)
            {
                await GiveBackAsync(open.Values).ConfigureAwait(false);
            }
        }

        return due.Count;
    }

    private async Task LookAsync(
        IReadOnlyList<HoldingRecord> due,
        ConcurrentDictionary<HoldingKey, HoldingRecord> open,
        DateTimeOffset leasedUntil,
        DomainVerificationWorkerOptions settings,
        CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, parallel, async (record, token) =>
        {
            try
            {
                await DoAsync(record, leasedUntil, token).ConfigureAwait(false);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                // It is looked at again when its lease ends, and no sooner.
                EmailDiagnostics.Log.LookFaulted(logger, exception, record.Key.ClaimId, record.Key.Epoch);
            }

            open.TryRemove(record.Key, out _);
        }).ConfigureAwait(false);
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

    /// <summary>
    /// Ends the leases of holdings that were not looked at, for whoever starts next. Where that fails, or takes too long, they run out by
    /// themselves. Never throws.
    /// </summary>
    private async Task GiveBackAsync(ICollection<HoldingRecord> open)
    {
        using var limit = new CancellationTokenSource(LongestGivingBack, time);
        try
        {
            foreach (var record in open)
            {
                // The stop of a host must not hang on a store that ignores its token.
                await holdings.EndLeaseAsync(record, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            EmailDiagnostics.Log.RoundFaulted(logger, exception);
        }
    }
}
