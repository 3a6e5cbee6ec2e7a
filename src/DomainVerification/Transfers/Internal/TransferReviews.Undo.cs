using DomainVerification.Claims.Internal;

namespace DomainVerification.Transfers.Internal;

internal sealed partial class TransferReviews
{
    public async Task<TransferReviewResult> UndoAsync(
        ClaimId claim,
        TransferReviewDecision decision,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        for (var i = 0; i < MaximumRounds; i++)
        {
            if (await store.FindAsync(claim, cancellationToken).ConfigureAwait(false) is not { } taker)
            {
                return TransferReviewResult.Failed(TransferReviewStatus.NotFound, ClaimRefusals.NotFound);
            }

            var wakes = i < ClaimContenders.WakingRounds;
            if (await UndoOnceAsync(taker, decision, wakes, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        return TransferReviewResult.Failed(TransferReviewStatus.Conflict, ClaimRefusals.VersionConflict);
    }

    private async Task<TransferReviewResult?> UndoOnceAsync(
        DomainClaim taker,
        TransferReviewDecision decision,
        bool wakes,
        CancellationToken cancellationToken)
    {
        if (decision.ExpectedVersion is { } expected && expected != taker.Version)
        {
            return TransferReviewResult.Failed(TransferReviewStatus.Refused, TransferRefusals.Stale, taker);
        }

        var holding = await store.FindHoldingAsync(taker.Profile, taker.Domain, cancellationToken).ConfigureAwait(false);
        var isFree = holding.Holder is null && holding.Epoch == taker.Epoch;
        if (taker is not { Transfer: { State: TransferState.Done, Until: { } until, Holder: { } about } }
            || !(taker.Status.Holds || isFree)
            || profiles.Find(taker.Profile) is not { } profile
            || await store.FindAsync(about.ClaimId, cancellationToken).ConfigureAwait(false) is not { Status: ClaimStatus.Released } former)
        {
            return TransferReviewResult.Failed(TransferReviewStatus.Refused, TransferRefusals.UndoNotPossible, taker);
        }

        var newest = await store.FindNewestAsync(former.Profile, former.Owner, former.Domain, cancellationToken).ConfigureAwait(false);

        // After the last claim was read that the undoing moves, so that no trail goes back in time.
        var now = time.GetUtcNow();
        if (until <= now)
        {
            return TransferReviewResult.Failed(TransferReviewStatus.Refused, TransferRefusals.UndoNotPossible, taker);
        }

        if (await IsPartyAsync(decision.Actor, taker.Profile, [taker, former, newest ?? former], cancellationToken).ConfigureAwait(false))
        {
            return TransferReviewResult.Failed(TransferReviewStatus.Refused, TransferRefusals.ReviewerIsParty, taker);
        }

        var verdict = new TransferVerdict(decision.Actor, now, decision.Reason);

        // Who has given the domain up has nothing left to lose.
        LifecycleResult[] undone = taker.Status.Holds
            ? [ClaimLifecycle.Apply(taker, new ClaimCommand.UndoTransfer(verdict), decision.Actor, now)]
            : [];
        var (back, error) = await restored.CreateAsync(former, newest ?? former, profile, taker.Epoch + 1, verdict, cancellationToken)
            .ConfigureAwait(false);
        if (back is null)
        {
            return TransferReviewResult.Failed(TransferReviewStatus.Refused, error!, taker);
        }

        var ended = newest is { Status.IsLive: true } ? [RestoredClaims.End(newest, now)] : Array.Empty<LifecycleResult>();
        if (undone.Concat(ended).Any(item => item.Error is not null))
        {
            // The former holder holds again, so the taker that was read does not any more.
            return null;
        }

        DomainClaim[] others = [taker, .. ended.Select(item => item.Claim!)];
        var woken = wakes ? await contenders.WakeAsync(taker, others, now, cancellationToken).ConfigureAwait(false) : [];
        var begun = ClaimLifecycle.Begin(back, decision.Reason);
        var after = undone.Length > 0 ? undone[0].Claim! : taker;
        var commit = commits.Of([.. undone, .. ended, begun, .. woken]) with
        {
            Settled = await endedProvisions.FindAsync(taker, after, cancellationToken).ConfigureAwait(false),
        };
        return await CommitAsync(commit, cancellationToken).ConfigureAwait(false) ? TransferReviewResult.Done(after, back) : null;
    }
}
