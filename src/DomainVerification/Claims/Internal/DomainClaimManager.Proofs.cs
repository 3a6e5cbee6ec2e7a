using DomainVerification.Diagnostics;
using DomainVerification.Work.Internal;

namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    public Task<ClaimResult> VerifyAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken)
    {
        var actor = Actor(claim, options);
        return RunAsync(
            claim,
            options,
            (found, token) => IsFresh(found)
                ? Task.FromResult<ClaimResult?>(ClaimResult.Unchanged(found))
                : ProveOnceAsync(found, actor, token),
            cancellationToken);
    }

    public async Task<ClaimResult> ConfirmAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken)
    {
        var actor = Actor(claim, options);
        var proved = await RunAsync(
            claim,
            options,
            (found, token) => found.Status.Holds ? AnswerHolderAsync(found, actor, token) : ProveOnceAsync(found, actor, token),
            cancellationToken).ConfigureAwait(false);
        if (proved is not { Status: ClaimResultStatus.Done, Claim: { Status: ClaimStatus.Verified } verified })
        {
            return proved;
        }

        var claimed = await HoldAsync(ClaimReference.To(verified), null, actor, cancellationToken).ConfigureAwait(false);
        return claimed with { Report = proved.Report };
    }

    /// <summary>
    /// Re-checks a due claim for the worker, lets it expire, and claims the domain where the profile wants that. A verified claim that is
    /// due still has to be claimed: a crash between the two commits loses nothing.
    /// </summary>
    internal async Task<ClaimResult> RecheckAsync(DomainClaim due, CancellationToken cancellationToken)
    {
        var reference = ClaimReference.To(due);
        var result = await RunAsync(
            reference,
            null,
            (found, token) => found.Status == ClaimStatus.Pending
                ? ProveOnceAsync(found, ClaimActor.System, token)
                : Task.FromResult<ClaimResult?>(ClaimResult.Unchanged(found)),
            cancellationToken).ConfigureAwait(false);
        if (result.Claim is not { Status: ClaimStatus.Verified, DueAt: not null })
        {
            return result;
        }

        var held = await HoldAsync(reference, null, ClaimActor.System, cancellationToken).ConfigureAwait(false);
        if (held is { Error: { } error, Claim: { Status: ClaimStatus.Verified, LastCheck: { } check } refused }
            && error.Code != DomainVerificationErrorCodes.VersionConflict)
        {
            // The domain is not to be had now, and the owner decides what comes next.
            var rest = new ClaimCommand.NoteCheck(check, null, refused.Rechecks);
            var decided = ClaimLifecycle.Apply(refused, rest, ClaimActor.System, time.GetUtcNow());
            await CommitAsync(decided, refused, cancellationToken).ConfigureAwait(false);
        }

        return held;
    }

    private async Task<ClaimResult?> ProveOnceAsync(DomainClaim claim, ClaimActor actor, CancellationToken cancellationToken)
    {
        if (!claim.Status.IsLive)
        {
            return ClaimResult.Refused(ClaimRefusals.Of(claim.Status, ClaimAction.Prove), claim);
        }

        var report = await CheckAsync(claim, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var check = new ClaimCheck(now, report.Outcome, report.Diagnosis.Code);
        ClaimCommand command = report is { Outcome: ProofOutcome.Proved, Evidence: { } evidence }
            ? new ClaimCommand.Prove(check, evidence with { Generation = claim.Challenge.Generation }, DueForClaiming(claim, actor, now))
            : NoteCheck(claim, check, report, actor);

        // The commit is bound to the version whose token was checked, so a token that was rotated meanwhile proves nothing.
        var result = await CommitAsync(ClaimLifecycle.Apply(claim, command, actor, now), claim, cancellationToken).ConfigureAwait(false);
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

    private async Task<ProofReport> CheckAsync(DomainClaim claim, CancellationToken cancellationToken)
    {
        using var activity = DomainVerificationDiagnostics.StartCheck(claim);
        var started = time.GetTimestamp();
        var request = new ProofRequest
        {
            Domain = claim.Domain,
            Record = claim.Challenge.Record,
            Token = new TokenMatcher(issuer, claim),
        };
        var checker = checkers.For(claim.Challenge.Record.Method);
        var report = await checker.CheckAsync(request, cancellationToken).ConfigureAwait(false);
        DomainVerificationDiagnostics.RecordCheck(activity, logger, claim, report, time.GetElapsedTime(started));
        return report;
    }

    /// <summary>When the worker is to claim what it has just proved: at once, where the profile wants that.</summary>
    private DateTimeOffset? DueForClaiming(DomainClaim claim, ClaimActor actor, DateTimeOffset now) =>
        actor.Kind == ClaimActorKind.System && profiles.Find(claim.Profile)?.OnProved == ProvedAction.Claim ? now : null;

    /// <summary>Only the worker's own looks climb the ladder: an owner who clicks often must not use it up.</summary>
    private ClaimCommand.NoteCheck NoteCheck(DomainClaim claim, ClaimCheck check, ProofReport report, ClaimActor actor)
    {
        if (claim.Status != ClaimStatus.Pending)
        {
            return new ClaimCommand.NoteCheck(check, claim.DueAt, claim.Rechecks);
        }

        if (profiles.Find(claim.Profile) is not { } profile)
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

        var rechecks = claim.Rechecks + (actor.Kind == ClaimActorKind.System ? 1 : 0);
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
