using DomainVerification.Work.Internal;

namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    /// <summary>How long the worker waits before it looks again for the proof of a claimant that may have its domain.</summary>
    private static readonly TimeSpan ApprovedRetry = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Does for the worker what is due: looks for a proof, lets a claim or a review run out, and claims the domain where that is wanted. A
    /// claim that is due still has to be claimed: a crash between two commits loses nothing.
    /// </summary>
    internal async Task<ClaimResult> RecheckAsync(DomainClaim due, CancellationToken cancellationToken)
    {
        var reference = ClaimReference.To(due);
        var result = await RunAsync(reference, null, DoDueAsync, cancellationToken).ConfigureAwait(false);
        return await HoldDueAsync(reference, result, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Claims the domain of a due claim where that is wanted.</summary>
    private async Task<ClaimResult> HoldDueAsync(ClaimReference reference, ClaimResult result, CancellationToken cancellationToken)
    {
        if (result.Claim is not { } claim || !DueClaim.IsToHold(claim))
        {
            return result;
        }

        if (result.Status is ClaimResultStatus.Done or ClaimResultStatus.Unchanged)
        {
            result = await HoldAsync(reference, null, ClaimActor.System, cancellationToken).ConfigureAwait(false);
        }

        if (result.Error is { } error && !IsPassing(error.Code, claim))
        {
            await RunAsync(reference, null, (found, token) => RestAsync(found, error.Code, token), cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>
    /// Whether a refusal says no more than that the clock or somebody else was faster: the claim stays due, and is decided anew. Who waits
    /// for a domain waits for it whoever holds it; who merely proved it has not decided to take it from a holder who came in between.
    /// </summary>
    private static bool IsPassing(string code, DomainClaim claim) => code switch
    {
        DomainVerificationErrorCodes.VersionConflict or DomainVerificationErrorCodes.TransferWaiting
            or DomainVerificationErrorCodes.ProofStale => true,

        // Another process may know the profile, as long as a new version of the host is rolled out.
        DomainVerificationErrorCodes.ProfileUnknown => DueClaim.Contends(claim),
        DomainVerificationErrorCodes.DomainContested => DueClaim.Contends(claim),
        _ => false,
    };

    private async Task<ClaimResult?> DoDueAsync(DomainClaim claim, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (claim.Status == ClaimStatus.InReview)
        {
            return await DoDueReviewAsync(claim, now, cancellationToken).ConfigureAwait(false);
        }

        if (claim.Status == ClaimStatus.Pending && await IsKeptOutAsync(claim, cancellationToken).ConfigureAwait(false))
        {
            return await CommitAsync(PassOver(claim, now), claim, cancellationToken).ConfigureAwait(false);
        }

        return IsLookDue(claim, now)
            ? await ProveOnceAsync(claim, ClaimActor.System, cancellationToken).ConfigureAwait(false)
            : ClaimResult.Unchanged(claim);
    }

    private bool IsLookDue(DomainClaim claim, DateTimeOffset now) => claim.Status switch
    {
        ClaimStatus.Pending => true,
        ClaimStatus.Verified when DueClaim.IsToHold(claim) => !IsFresh(claim),
        _ => claim.Status.IsProved && claim.DueAt <= now,
    };

    /// <summary>Leaves out the look for a proof that would not be taken now; the claim stays on its rung of the ladder.</summary>
    private LifecycleResult PassOver(DomainClaim claim, DateTimeOffset now)
    {
        var check = new ClaimCheck(now, ProofOutcome.Inconclusive, DomainVerificationErrorCodes.DomainHeld);
        var next = RecheckSchedule.Again(profiles.Find(claim.Profile)!, claim.Challenge, claim.Rechecks, now);
        return ClaimLifecycle.Apply(claim, new ClaimCommand.NoteCheck(check, next, claim.Rechecks), ClaimActor.System, now);
    }

    /// <summary>Ends a review that nobody decided, or that has lost its subject.</summary>
    private async Task<ClaimResult?> DoDueReviewAsync(DomainClaim claim, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var holding = await store.FindHoldingAsync(claim.Profile, claim.Domain, cancellationToken).ConfigureAwait(false);
        if (!Transfers.Internal.TransferCases.IsAbout(claim, holding.Holder))
        {
            var closed = ClaimLifecycle.Apply(claim, new ClaimCommand.CloseReview(now), ClaimActor.System, now);
            return await CommitAsync(closed, claim, cancellationToken).ConfigureAwait(false);
        }

        if (claim.DueAt > now)
        {
            return ClaimResult.Unchanged(claim);
        }

        if (claim.Transfer!.Until is { } until && until > now)
        {
            // Woken for a holding that goes on after all.
            var goesOn = ClaimLifecycle.Apply(claim, new ClaimCommand.NoteTransfer(claim.Transfer, until), ClaimActor.System, now);
            return await CommitAsync(goesOn, claim, cancellationToken).ConfigureAwait(false);
        }

        var expire = new ClaimCommand.ExpireReview(WatchSchedule.Next(profiles.Find(claim.Profile), claim));
        var expired = ClaimLifecycle.Apply(claim, expire, ClaimActor.System, now);
        return await CommitAsync(expired, claim, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets a claim rest that did not get its domain: the owner decides what comes next.</summary>
    private async Task<ClaimResult?> RestAsync(DomainClaim claim, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!DueClaim.IsToHold(claim) || claim is not { DueAt: { } dueAt, LastCheck: { } check } || dueAt > now)
        {
            return ClaimResult.Unchanged(claim);
        }

        var watchAt = WatchSchedule.Next(profiles.Find(claim.Profile), claim);
        ClaimCommand command = claim.Transfer switch
        {
            // Who may have the domain only has to publish the record again.
            { State: TransferState.Approved, Until: { } until } transfer when until > now =>
                new ClaimCommand.NoteTransfer(transfer, now + ApprovedRetry < until ? now + ApprovedRetry : until),

            // The check could not be answered, which ends nothing.
            { State: TransferState.Waiting } transfer when reason == DomainVerificationErrorCodes.ProofInconclusive =>
                new ClaimCommand.NoteTransfer(transfer, now + ApprovedRetry),
            { State: TransferState.Waiting or TransferState.Approved } => new ClaimCommand.EndTransfer(reason, watchAt),
            _ => new ClaimCommand.NoteCheck(check, watchAt, claim.Rechecks, claim.Health),
        };
        var rested = ClaimLifecycle.Apply(claim, command, ClaimActor.System, now);
        return await CommitAsync(rested, claim, cancellationToken).ConfigureAwait(false);
    }
}
