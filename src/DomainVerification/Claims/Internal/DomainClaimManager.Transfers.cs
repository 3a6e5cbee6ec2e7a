using DomainVerification.Transfers.Internal;
using DomainVerification.Work.Internal;

namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    /// <summary>How long to wait before a holder's proof that could not be looked for is looked for again.</summary>
    private static readonly TimeSpan UnknownProofRetry = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    /// <summary>Decides about a domain that another owner holds, as the policies of the profile say.</summary>
    private async Task<ClaimResult?> ContendAsync(
        DomainClaim claim,
        DomainClaim holder,
        DomainVerificationOptions profile,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = TransferCases.IsAbout(claim, holder) ? claim.Transfer : null;
        if (open is { State: TransferState.Approved, Until: { } approvedUntil } && now <= approvedUntil)
        {
            return await TakeOverAsync(claim, holder, profile, TransferCases.Done(open, profile, now), actor, cancellationToken)
                .ConfigureAwait(false);
        }

        if (open is { State: TransferState.Waiting, Until: { } waitsUntil } && now < waitsUntil)
        {
            return ClaimResult.Refused(ClaimRefusals.TransferWaiting, claim);
        }

        var judgement = await judge.JudgeAsync(claim, holder, profile, cancellationToken).ConfigureAwait(false);
        var found = TransferCases.Open(open, holder, judgement, now);
        switch (judgement.Decision.Outcome)
        {
            case TransferOutcome.Allow:
                return await TakeOverAsync(claim, holder, profile, TransferCases.Done(found, profile, now), actor, cancellationToken)
                    .ConfigureAwait(false);

            case TransferOutcome.Refuse:
                return await RefuseTransferAsync(claim, profile, cancellationToken).ConfigureAwait(false);

            case TransferOutcome.Wait:
                return await WaitAsync(claim, holder, found, judgement.Decision.Until!.Value, actor, cancellationToken)
                    .ConfigureAwait(false);

            case TransferOutcome.Reprove when TransferCases.AnswersUntil(open, judgement.Decision, now) is var until && until > now:
                return await WaitAsync(claim, holder, found, until, actor, cancellationToken).ConfigureAwait(false);
        }

        return await ReproveAsync(claim, holder, profile, found, judgement.Decision.Outcome, actor, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Looks for the holder's own proof: to decide by it, or to lay it before the person who decides. A holder whose proof could not be
    /// looked for loses nothing.
    /// </summary>
    private async Task<ClaimResult?> ReproveAsync(
        DomainClaim claim,
        DomainClaim holder,
        DomainVerificationOptions profile,
        ClaimTransfer found,
        TransferOutcome outcome,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        var report = await CheckAsync(holder, ClaimActor.System, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        found = TransferCases.WithCheck(found, report, holder.Challenge.Generation, now);
        if (outcome == TransferOutcome.Reprove && report.Outcome == ProofOutcome.NotProved)
        {
            return await TakeOverAsync(claim, holder, profile, TransferCases.Done(found, profile, now), actor, cancellationToken)
                .ConfigureAwait(false);
        }

        if (outcome == TransferOutcome.Reprove && report.Outcome == ProofOutcome.Inconclusive)
        {
            found = found with { Reasons = [.. found.Reasons, TransferReasons.IncumbentUnknown] };
            return await WaitAsync(claim, holder, found, now + UnknownProofRetry, actor, cancellationToken).ConfigureAwait(false);
        }

        var reasons = report.Outcome == ProofOutcome.Proved ? [.. found.Reasons, TransferReasons.IncumbentProves] : found.Reasons;
        var inReview = found with { State = TransferState.InReview, Reasons = reasons, Until = now + profile.Transfers.ReviewLifetime };
        var opened = ClaimLifecycle.Apply(claim, new ClaimCommand.OpenReview(inReview), actor, now);
        return await ContestAsync(opened, claim, holder, ClaimRefusals.TransferInReview, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ClaimResult?> WaitAsync(
        DomainClaim claim,
        DomainClaim holder,
        ClaimTransfer found,
        DateTimeOffset until,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        // A policy that again and again asks for a moment must not keep the worker busy.
        var soonest = time.GetUtcNow() + ShortestWait;
        until = until > soonest ? until : soonest;
        var waiting = found with { State = TransferState.Waiting, Until = until };
        if (claim.Transfer is { State: TransferState.Waiting } before
            && TransferCases.IsAbout(claim, holder)
            && before.Reasons.SequenceEqual(waiting.Reasons))
        {
            // Both sides know already.
            var goesOn = ClaimLifecycle.Apply(claim, new ClaimCommand.NoteTransfer(waiting, until), actor, time.GetUtcNow());
            return await RefusedAsync([goesOn], goesOn, claim, ClaimRefusals.TransferWaiting, cancellationToken).ConfigureAwait(false);
        }

        var awaited = ClaimLifecycle.Apply(claim, new ClaimCommand.AwaitTransfer(waiting), actor, time.GetUtcNow());
        return await ContestAsync(awaited, claim, holder, ClaimRefusals.TransferWaiting, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes where the claimant stands, and tells the holder in the same commit, which so is about that very holding.</summary>
    private Task<ClaimResult?> ContestAsync(
        LifecycleResult decided,
        DomainClaim claim,
        DomainClaim holder,
        DomainVerificationError refusal,
        CancellationToken cancellationToken)
    {
        var reason = decided.Event?.Reason ?? refusal.Code;
        var contested = ClaimLifecycle.Apply(holder, new ClaimCommand.Contest(reason), ClaimActor.System, time.GetUtcNow());
        return RefusedAsync([decided, contested], decided, claim, refusal, cancellationToken);
    }

    private async Task<ClaimResult?> RefuseTransferAsync(
        DomainClaim claim,
        DomainVerificationOptions profile,
        CancellationToken cancellationToken)
    {
        if (!DueClaim.Contends(claim))
        {
            return ClaimResult.Refused(ClaimRefusals.TransferRefused, claim);
        }

        var ended = ClaimLifecycle.Apply(
            claim,
            new ClaimCommand.EndTransfer(DomainVerificationErrorCodes.TransferRefused, WatchSchedule.Next(profile, claim)),
            ClaimActor.System,
            time.GetUtcNow());
        return await RefusedAsync([ended], ended, claim, ClaimRefusals.TransferRefused, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Commits a move of a claim that does not get its domain now, and says why not.</summary>
    private async Task<ClaimResult?> RefusedAsync(
        IReadOnlyList<LifecycleResult> decided,
        LifecycleResult answer,
        DomainClaim before,
        DomainVerificationError refusal,
        CancellationToken cancellationToken)
    {
        var result = await CommitAsync(decided, answer, before, cancellationToken).ConfigureAwait(false);
        return result is { Error: null } ? ClaimResult.Refused(refusal, answer.Claim) : result;
    }
}
