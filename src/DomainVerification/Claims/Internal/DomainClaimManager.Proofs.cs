using DomainVerification.Diagnostics;
using DomainVerification.Work.Internal;

namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    public Task<ClaimResult> VerifyAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken)
    {
        var actor = Actor(claim, options);
        var isAdmitted = false;
        return RunAsync(
            claim,
            options,
            async (found, token) =>
            {
                if (await IsKeptOutAsync(found, token).ConfigureAwait(false))
                {
                    return ClaimResult.Refused(ClaimRefusals.DomainHeld, found);
                }

                if (IsFresh(found) && found.Health is not { Misses: > 0 })
                {
                    return ClaimResult.Unchanged(found);
                }

                var refusal = isAdmitted ? null : await RefuseCheckAsync(found, actor, token).ConfigureAwait(false);
                isAdmitted = true;
                return refusal ?? await ProveOnceAsync(found, actor, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    public async Task<ClaimResult> ConfirmAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken)
    {
        var actor = Actor(claim, options);
        var isAdmitted = false;
        var proved = await RunAsync(
            claim,
            options,
            async (found, token) =>
            {
                if (found.Status.Holds)
                {
                    return await AnswerHolderAsync(found, actor, token).ConfigureAwait(false);
                }

                if (await IsKeptOutAsync(found, token).ConfigureAwait(false))
                {
                    return ClaimResult.Refused(ClaimRefusals.DomainHeld, found);
                }

                var refusal = isAdmitted ? null : await RefuseCheckAsync(found, actor, token).ConfigureAwait(false);
                isAdmitted = true;
                return refusal ?? await ProveOnceAsync(found, actor, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (proved is not { Status: ClaimResultStatus.Done, Claim: { Status: ClaimStatus.Verified or ClaimStatus.InReview } verified })
        {
            return proved;
        }

        var claimed = await HoldAsync(ClaimReference.To(verified), null, actor, cancellationToken).ConfigureAwait(false);
        return claimed with { Report = proved.Report };
    }

    /// <summary>Whether the profile takes no proof of a claim, because another owner holds its domain.</summary>
    private async Task<bool> IsKeptOutAsync(DomainClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Status is not (ClaimStatus.Pending or ClaimStatus.Verified or ClaimStatus.InReview)
            || claim.Exclusivity == DomainExclusivity.Shared
            || profiles.Find(claim.Profile)?.Takeover != TakeoverRule.RefuseProofs)
        {
            return false;
        }

        var holding = await store.FindHoldingAsync(claim.Profile, claim.Domain, cancellationToken).ConfigureAwait(false);
        return holding.Holder is { } holder && holder.Id != claim.Id;
    }

    /// <summary>
    /// Counts a check that a caller asked for, once for each call; the answer where it is one too many. A claim that has ended is not
    /// looked for, so it counts for nothing.
    /// </summary>
    private async Task<ClaimResult?> RefuseCheckAsync(DomainClaim claim, ClaimActor actor, CancellationToken cancellationToken)
    {
        if (!claim.Status.IsLive)
        {
            return null;
        }

        var attempt = new ProofCheckAttempt
        {
            Profile = claim.Profile,
            Owner = claim.Owner,
            Domain = claim.Domain,
            ClaimId = claim.Id,
            Actor = actor,
        };
        var admission = await limiter.AdmitAsync(attempt, cancellationToken).ConfigureAwait(false);
        if (admission.RetryAfter is not { } wait)
        {
            return null;
        }

        DomainVerificationDiagnostics.RecordRefusedCheck(logger, claim);
        return ClaimResult.Refused(ClaimRefusals.CheckRateLimited, claim, wait);
    }

    private async Task<ClaimResult?> ProveOnceAsync(DomainClaim claim, ClaimActor actor, CancellationToken cancellationToken)
    {
        if (!claim.Status.IsLive)
        {
            return ClaimResult.Refused(ClaimRefusals.Of(claim.Status, ClaimAction.Prove), claim);
        }

        var (decided, report) = await LookAsync(claim, actor, cancellationToken).ConfigureAwait(false);

        // The commit is bound to the version whose token was checked, so a token that was rotated meanwhile proves nothing.
        var result = await CommitAsync(decided, claim, cancellationToken).ConfigureAwait(false);
        if (result is not { Error: null, Claim: { } after })
        {
            return result;
        }

        return report.Outcome switch
        {
            ProofOutcome.Proved => result with { Report = report },
            ProofOutcome.NotProved => Unproved(ClaimResultStatus.NotProved, DomainVerificationErrorCodes.ProofNotFound, after, report),
            _ => Unproved(ClaimResultStatus.Inconclusive, DomainVerificationErrorCodes.ProofInconclusive, after, report),
        };
    }

    /// <summary>Looks for the proof of a claim and decides what that makes of it; writes nothing.</summary>
    private async Task<(LifecycleResult Decided, ProofReport Report)> LookAsync(
        DomainClaim claim,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        var report = await CheckAsync(claim, actor, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var check = new ClaimCheck(now, report.Outcome, report.Diagnosis.Code);
        var profile = profiles.Find(claim.Profile);
        var command = report is { Outcome: ProofOutcome.Proved, Evidence: { } evidence }
            ? WatchSchedule.Proved(
                profile,
                claim,
                check,
                evidence with { Generation = claim.Challenge.Generation },
                DueForClaiming(claim, actor, now),
                actor.Kind == ClaimActorKind.System)
            : Unproved(claim, check, report, actor, profile);
        return (ClaimLifecycle.Apply(claim, command, actor, now), report);
    }

    private async Task<ProofReport> CheckAsync(DomainClaim claim, ClaimActor actor, CancellationToken cancellationToken)
    {
        using var activity = DomainVerificationDiagnostics.StartCheck(claim);
        var started = time.GetTimestamp();
        var request = new ProofRequest
        {
            Domain = claim.Domain,
            Record = claim.Challenge.Record,
            Token = new TokenMatcher(issuer, claim),
            Explains = actor.Kind != ClaimActorKind.System,
        };
        var checker = checkers.For(claim.Challenge.Record.Method);
        var report = await checker.CheckAsync(request, cancellationToken).ConfigureAwait(false);
        DomainVerificationDiagnostics.RecordCheck(activity, logger, claim, report, time.GetElapsedTime(started));
        return report;
    }

    /// <summary>
    /// When the worker is to claim what is proved: at once, where the profile wants that or the owner waits for the domain. An owner's own
    /// look leaves a wait as it is.
    /// </summary>
    private DateTimeOffset? DueForClaiming(DomainClaim claim, ClaimActor actor, DateTimeOffset now)
    {
        if (actor.Kind != ClaimActorKind.System)
        {
            return DueClaim.Contends(claim) ? claim.DueAt : null;
        }

        return DueClaim.IsToHold(claim)
            || (claim.Status == ClaimStatus.Pending && profiles.Find(claim.Profile)?.OnProved == ProvedAction.Claim)
            ? now
            : null;
    }

    /// <summary>Only the worker's own looks climb the ladder: an owner who clicks often must not use it up.</summary>
    private static ClaimCommand Unproved(
        DomainClaim claim,
        ClaimCheck check,
        ProofReport report,
        ClaimActor actor,
        DomainVerificationOptions? profile)
    {
        var isPlanned = actor.Kind == ClaimActorKind.System;
        if (claim.Status != ClaimStatus.Pending)
        {
            return isPlanned && DueClaim.IsWatched(claim)
                ? WatchSchedule.Missed(profile, claim, check)
                : new ClaimCommand.NoteCheck(check, claim.DueAt, claim.Rechecks, claim.Health);
        }

        if (profile is null)
        {
            // Without its profile there is no ladder: the claim waits for its end.
            return new ClaimCommand.NoteCheck(check, claim.Challenge.ExpiresAt, claim.Rechecks);
        }

        if (check.Outcome == ProofOutcome.Inconclusive)
        {
            return new ClaimCommand.NoteCheck(
                check,
                RecheckSchedule.Again(profile, claim.Challenge, claim.Rechecks, check.At),
                claim.Rechecks);
        }

        var rechecks = claim.Rechecks + (isPlanned ? 1 : 0);
        var next = RecheckSchedule.Next(profile, claim.Challenge, rechecks, check.At, report.RetryAfter);
        return new ClaimCommand.NoteCheck(check, next, rechecks);
    }

    private bool IsFresh(DomainClaim claim) =>
        claim.Status.IsProved
        && claim.Proof is { } proof
        && profiles.Find(claim.Profile) is { } profile
        && time.GetUtcNow() - proof.ProvedAt <= profile.ProofFreshness;

    private static ClaimResult Unproved(ClaimResultStatus status, string code, DomainClaim claim, ProofReport report)
    {
        var diagnosis = report.Diagnosis;
        var message = diagnosis.Fix is { } fix ? $"{diagnosis.Message} {fix}" : diagnosis.Message;
        return ClaimResult.Failed(status, new DomainVerificationError(code, message), claim) with { Report = report };
    }
}
