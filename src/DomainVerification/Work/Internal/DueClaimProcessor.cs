using DomainVerification.Claims.Internal;
using DomainVerification.Diagnostics;
using DomainVerification.PublicSuffixes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Work.Internal;

/// <summary>
/// Re-checks the claims that are due, and lets those expire whose challenge has run out. What the looks find is written for many claims at
/// a time; what depends on more than the claim itself is decided and written by itself. What a stop of the host interrupts is due again at
/// once.
/// </summary>
internal sealed class DueClaimProcessor(
    IClaimStore store,
    DomainClaimManager manager,
    IPublicSuffixList suffixes,
    IOptionsMonitor<DomainVerificationWorkerOptions> options,
    TimeProvider time,
    ILogger<DueClaimProcessor> logger)
{
    /// <summary>A commit has no fewer looks than this in it, as long as there are more to come.</summary>
    private const int SmallestBatch = 100;

    private static readonly TimeSpan LongestGathering = TimeSpan.FromSeconds(10);

    private readonly WorkerBell _progress = new();
    private readonly WorkerBell _stalled = new();

    /// <summary>Completes when a sweep has written something since the last completed wait, which may have left work behind.</summary>
    public Task ProgressAsync(CancellationToken cancellationToken) => _progress.WaitAsync(cancellationToken);

    /// <summary>Looks at everything that is due; gives how many claims there were.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var open = new OpenLeases(store, time, logger);
        var leases = new DueClaimLeases(store, suffixes, settings, open, time);
        if (!await leases.AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        try
        {
            await SweepAsync(leases, open, settings, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                await open.GiveBackAsync().ConfigureAwait(false);
            }
        }

        return leases.Count;
    }

    private async Task SweepAsync(
        DueClaimLeases leases,
        OpenLeases open,
        DomainVerificationWorkerOptions settings,
        CancellationToken cancellationToken)
    {
        var outcomes = Gather(settings, open.Close);

        // A look that stalls must not keep back what the others found.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var flushing = FlushWhenStalledAsync(outcomes, ended.Token, cancellationToken);
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(
                leases.TakeAsync(cancellationToken),
                parallel,
                async (leased, token) => await TryAsync(leased, outcomes, open, token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await flushing.ConfigureAwait(false);
            if (!cancellationToken.IsCancellationRequested)
            {
                await outcomes.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        leases.ThrowIfFailed();
    }

    /// <summary>A place to gather what the looks find.</summary>
    /// <param name="settings">How much to write at a time.</param>
    /// <param name="over">Is told of each claim that was written.</param>
    internal DueClaimOutcomes Gather(DomainVerificationWorkerOptions settings, Action<ClaimId>? over = null) =>
        new(manager, Math.Max(settings.BatchSize, SmallestBatch), RedoAsync, over ?? (static _ => { }), _progress, logger);

    /// <summary>Looks after one leased claim; gives whether it is through, or what was found waits to be written.</summary>
    internal async Task<bool> DoAsync(LeasedClaim leased, DueClaimOutcomes outcomes, CancellationToken cancellationToken)
    {
        var decision = await UnderLeaseAsync(
            leased.Until,
            async token =>
            {
                var decision = await manager.DecideAsync(leased.Claim, leased.Until, token).ConfigureAwait(false);
                switch (decision)
                {
                    case null:
                        await manager.RecheckAsync(leased.Claim, token).ConfigureAwait(false);
                        return null;

                    case { IsToHold: true }:
                        await manager.FinishAsync(decision, token).ConfigureAwait(false);
                        return null;

                    default:
                        // A look that outlived its lease counts for nothing.
                        token.ThrowIfCancellationRequested();
                        return time.GetUtcNow() < leased.Until ? decision : throw new TimeoutException("The look outlived its lease.");
                }
            },
            cancellationToken).ConfigureAwait(false);
        if (decision is null)
        {
            _progress.Ring();
            return true;
        }

        await outcomes.AddAsync(decision, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task TryAsync(LeasedClaim leased, DueClaimOutcomes outcomes, OpenLeases open, CancellationToken cancellationToken)
    {
        var isThrough = true;
        try
        {
            isThrough = await DoAsync(leased, outcomes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It is looked at again when its lease ends, and no sooner.
            DomainVerificationDiagnostics.Log.RecheckFaulted(logger, exception, leased.Claim.Id);
        }

        if (isThrough)
        {
            open.Close(leased.Claim.Id);
        }
    }

    private async Task RedoAsync(DueDecision decision, CancellationToken cancellationToken)
    {
        try
        {
            await UnderLeaseAsync(
                decision.LeasedUntil,
                async token =>
                {
                    await manager.RecheckAsync(decision.Before, token).ConfigureAwait(false);
                    return null;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            DomainVerificationDiagnostics.Log.RecheckFaulted(logger, exception, decision.Before.Id);
        }
    }

    private async Task<DueDecision?> UnderLeaseAsync(
        DateTimeOffset leasedUntil,
        Func<CancellationToken, Task<DueDecision?>> work,
        CancellationToken cancellationToken)
    {
        // A claim that waited in the batch for too long may be another worker's by now.
        var lease = leasedUntil - time.GetUtcNow();
        if (lease <= TimeSpan.Zero)
        {
            return null;
        }

        // A policy or a checker of the host that ignores its token must not keep the worker from everything else.
        using var limit = new LookLimit(lease, Min(LongestGathering, lease / 4), _stalled, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var working = work(linked.Token);
        if (!working.IsCompleted)
        {
            limit.Start();
        }

        return await working.WaitAsync(linked.Token).ConfigureAwait(false);
    }

    private async Task FlushWhenStalledAsync(DueClaimOutcomes outcomes, CancellationToken ended, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _stalled.WaitAsync(ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            // The end of the sweep must not cut a commit short that is as good as made; that of the host may.
            await outcomes.FlushAsync(cancellationToken).ConfigureAwait(false);
            _progress.Ring();
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
