using System.Collections.Concurrent;
using DomainVerification.Claims.Internal;
using DomainVerification.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Work.Internal;

/// <summary>
/// Does the work that commits left in the outbox: at least once, in order for each domain. Work whose holding has ended is dropped, unless
/// it is the release of that holding. What fails for good becomes a dead letter. What a stop of the host interrupts is due again at once.
/// </summary>
internal sealed class OutboxDispatcher(
    IClaimStore store,
    WorkCalls calls,
    ClaimCommits commits,
    IOptionsMonitor<DomainVerificationWorkerOptions> options,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger)
{
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromDays(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastRetry = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestGivingBack = TimeSpan.FromSeconds(5);

    /// <summary>Takes one batch; gives how much work it held.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        var request = new LeaseRequest(time.GetUtcNow(), settings.LeaseDuration, settings.BatchSize);
        var due = await store.LeaseWorkAsync(request, cancellationToken).ConfigureAwait(false);
        if (due.Count == 0)
        {
            return 0;
        }

        var unfinished = new ConcurrentDictionary<Guid, ClaimWork>(due.Select(work => KeyValuePair.Create(work.Id, work)));
        try
        {
            await DoAllAsync(due, unfinished, request.Now + request.Duration, settings, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Whoever starts next, such as the new version of this host, would else wait for our leases, and with it whole queues.
            await GiveBackAsync(unfinished.Values).ConfigureAwait(false);
        }

        return due.Count;
    }

    private async Task DoAllAsync(
        IReadOnlyList<ClaimWork> due,
        ConcurrentDictionary<Guid, ClaimWork> unfinished,
        DateTimeOffset leasedUntil,
        DomainVerificationWorkerOptions settings,
        CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            due,
            parallel,
            async (work, token) =>
            {
                try
                {
                    await DoAsync(work, leasedUntil, settings.MaximumAttempts, token).ConfigureAwait(false);
                }
                catch (Exception exception) when (!token.IsCancellationRequested)
                {
                    DomainVerificationDiagnostics.Log.WorkFaulted(logger, exception, work.Id, work.Kind, work.Domain);
                }

                unfinished.TryRemove(work.Id, out _);
            }).ConfigureAwait(false);
    }

    /// <summary>Ends the leases of work that was not finished. Where that fails, they run out by themselves.</summary>
    private async Task GiveBackAsync(ICollection<ClaimWork> unfinished)
    {
        using var limit = new CancellationTokenSource(LongestGivingBack, time);
        try
        {
            foreach (var work in unfinished)
            {
                var dueAgain = new ClaimCommit { Settled = [new SettledWork(work.Id, time.GetUtcNow(), work.LastError)] };
                await store.CommitAsync(dueAgain, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            DomainVerificationDiagnostics.Log.RoundFaulted(logger, exception);
        }
    }

    /// <summary>Does one piece of leased work and settles it.</summary>
    internal async Task DoAsync(ClaimWork work, DateTimeOffset leasedUntil, int maximumAttempts, CancellationToken cancellationToken)
    {
        // Work that waited in the batch for too long may be another worker's by now.
        var lease = leasedUntil - time.GetUtcNow();
        if (lease <= TimeSpan.Zero)
        {
            return;
        }

        var claim = await store.FindAsync(work.ClaimId, cancellationToken).ConfigureAwait(false);
        if (work.Kind == ClaimWorkKind.Provision && !WorkSettlement.AwaitsProvisioning(claim, work))
        {
            await store.CommitAsync(new ClaimCommit { Settled = [new SettledWork(work.Id)] }, cancellationToken).ConfigureAwait(false);
            return;
        }

        var result = await CallAsync(work, lease, cancellationToken).ConfigureAwait(false);
        DomainVerificationDiagnostics.RecordWork(logger, work, result);
        if (result.Status == ProvisionStatus.RetryLater && work.Attempts + 1 >= maximumAttempts && !WasHurried(work, maximumAttempts))
        {
            result = ProvisionResult.Failed(WorkSettlement.ErrorOf(result));
        }

        await SettleAsync(work, result, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ProvisionResult> CallAsync(ClaimWork work, TimeSpan lease, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(lease, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A provisioner or a handler that ignores its token must not keep the worker from everything else.
            return await calls.CallAsync(work, linked.Token).WaitAsync(linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            DomainVerificationDiagnostics.Log.ProvisionerFaulted(logger, exception, work.Id, work.Kind, work.Domain, work.Target);
            return ProvisionResult.RetryLater(Fault(work, limit.IsCancellationRequested));
        }
    }

    private static DomainVerificationError Fault(ClaimWork work, bool isLate)
    {
        var (code, who) = work.Kind == ClaimWorkKind.Notify
            ? (DomainVerificationErrorCodes.HandlerFaulted, "The event handler")
            : (DomainVerificationErrorCodes.ProvisionerFaulted, "The provisioner");
        return new DomainVerificationError(code, isLate ? $"{who} did not answer in time." : $"{who} threw an exception.");
    }

    /// <summary>Writes what became of the work; a claim that changed meanwhile is read again, so that the result is never lost.</summary>
    private async Task SettleAsync(ClaimWork work, ProvisionResult result, CancellationToken cancellationToken)
    {
        // Work whose holding ended while it ran is over: its retry would only hold up the next holder.
        if (result.Status == ProvisionStatus.RetryLater
            && (work.Kind != ClaimWorkKind.Provision
                || WorkSettlement.AwaitsProvisioning(await store.FindAsync(work.ClaimId, cancellationToken).ConfigureAwait(false), work)))
        {
            var pause = result.RetryAfter ?? Delay(work.Attempts);
            var retryAt = time.GetUtcNow() + TimeSpan.FromTicks(Math.Clamp(pause.Ticks, ShortestRetry.Ticks, LongestRetry.Ticks));
            var retry = new ClaimCommit { Settled = [new SettledWork(work.Id, retryAt, result.Error)] };
            await store.CommitAsync(retry, cancellationToken).ConfigureAwait(false);
            return;
        }

        long? conflictedAt = null;
        while (true)
        {
            var claim = await store.FindAsync(work.ClaimId, cancellationToken).ConfigureAwait(false);
            var commit = WorkSettlement.Of(work, result, claim, time.GetUtcNow(), commits);
            if (await commits.TryWriteAsync(commit, cancellationToken).ConfigureAwait(false))
            {
                DomainVerificationDiagnostics.RecordSettled(logger, work, commit);
                return;
            }

            // Where the claim stands still, the settling itself conflicts: another worker took the work when our lease ended, and was
            // faster.
            if (commit.Claims.Count == 0 || claim!.Version == conflictedAt)
            {
                return;
            }

            conflictedAt = claim.Version;
        }
    }

    /// <summary>
    /// Whether a notice has used up its tries faster than its own pauses would have. Each new event of the domain brings the next try
    /// forward, so that an owner who moves its claim again and again could make an earlier notice a dead letter in no time.
    /// </summary>
    private bool WasHurried(ClaimWork work, int maximumAttempts) =>
        work.Kind == ClaimWorkKind.Notify && time.GetUtcNow() - work.CreatedAt < Patience(maximumAttempts);

    private static TimeSpan Patience(int maximumAttempts)
    {
        var patience = TimeSpan.Zero;
        for (var i = 0; i < maximumAttempts - 1 && patience < LongestRetry; i++)
        {
            patience += Delay(i);
        }

        return patience < LongestRetry ? patience : LongestRetry;
    }

    private static TimeSpan Delay(int attempts)
    {
        var delay = FirstRetry * Math.Pow(2, Math.Min(attempts, 20));
        return delay < LastRetry ? delay : LastRetry;
    }
}
