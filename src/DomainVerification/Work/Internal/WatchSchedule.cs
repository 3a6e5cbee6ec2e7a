using DomainVerification.Claims.Internal;

namespace DomainVerification.Work.Internal;

/// <summary>When the worker looks at a proof that was found, and what its looks make of the proof's health.</summary>
internal static class WatchSchedule
{
    /// <summary>
    /// How a claim is watched whose profile this process does not know: another one may, as long as a new version of the host is rolled
    /// out, so the watch goes on and nothing is made of a look that misses the proof.
    /// </summary>
    private static readonly WatchOptions Unknown = new();

    /// <summary>When a claim whose proof stands is looked at next; <see langword="null"/> where its profile does not watch.</summary>
    public static DateTimeOffset? Next(DomainVerificationOptions? profile, DomainClaim claim) =>
        claim.Proof is { } proof ? After(profile, proof.ProvedAt) : null;

    /// <summary>
    /// When a claim is looked at that has its token since an instant; <see langword="null"/> where its profile does not
    /// watch.
    /// </summary>
    public static DateTimeOffset? After(DomainVerificationOptions? profile, DateTimeOffset instant) =>
        profile is { Watch: { Enabled: true } watch } ? instant + watch.Interval : null;

    /// <summary>The command of a look that found the proof.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="claim">The claim before the look.</param>
    /// <param name="check">The look.</param>
    /// <param name="evidence">What it found.</param>
    /// <param name="claimAt">When the worker is to claim the domain, where it is.</param>
    /// <param name="isPlanned">Whether the worker looked by plan.</param>
    public static ClaimCommand Proved(
        DomainVerificationOptions? profile,
        DomainClaim claim,
        ClaimCheck check,
        ProofEvidence evidence,
        DateTimeOffset? claimAt,
        bool isPlanned)
    {
        var watch = profile is null && claim.Health is not null ? Unknown : profile?.Watch is { Enabled: true } enabled ? enabled : null;
        var dueAt = claimAt ?? (watch is null ? null : check.At + watch.Interval);
        if (claim is { Status: not (ClaimStatus.Pending or ClaimStatus.InReview), Health.State: ProofHealth.AtRisk or ProofHealth.Lapsed })
        {
            return new ClaimCommand.NoteRecovery(check, evidence, dueAt, new ClaimHealth(ProofHealth.Healthy, check.At));
        }

        var health = watch is null ? null : new ClaimHealth(ProofHealth.Healthy, claim.Health?.Since ?? check.At);
        return isPlanned && health is not null && DueClaim.IsWatched(claim)
            ? new ClaimCommand.NoteProof(check, evidence, dueAt, health)
            : new ClaimCommand.Prove(check, evidence, dueAt, health);
    }

    /// <summary>The command of a look that the worker made by plan, and that did not find the proof or could not be answered.</summary>
    public static ClaimCommand Missed(DomainVerificationOptions? profile, DomainClaim claim, ClaimCheck check)
    {
        if (profile is null && claim.Health is not null)
        {
            return new ClaimCommand.NoteCheck(check, check.At + Unknown.Interval, claim.Rechecks, claim.Health);
        }

        if (profile is not { Watch: { Enabled: true } watch })
        {
            // What nobody watches any more has no health.
            return new ClaimCommand.NoteCheck(check, null, claim.Rechecks);
        }

        var retryAt = check.At + watch.RetryInterval;
        var health = claim.Health ?? new ClaimHealth(ProofHealth.Healthy, check.At);
        if (check.Outcome != ProofOutcome.NotProved)
        {
            return new ClaimCommand.NoteCheck(check, retryAt, claim.Rechecks, health);
        }

        var missed = health with { Misses = health.Misses + 1, MissingSince = health.MissingSince ?? check.At };
        return missed.State switch
        {
            ProofHealth.Healthy when missed.Misses >= watch.Misses =>
                new ClaimCommand.NoteRisk(check, retryAt, missed with { State = ProofHealth.AtRisk, Since = check.At }),
            ProofHealth.AtRisk when check.At - missed.MissingSince >= watch.GracePeriod =>
                new ClaimCommand.NoteLapse(check, check.At + watch.Interval, missed with { State = ProofHealth.Lapsed, Since = check.At }),
            ProofHealth.Lapsed => new ClaimCommand.NoteCheck(check, check.At + watch.Interval, claim.Rechecks, missed),
            _ => new ClaimCommand.NoteCheck(check, retryAt, claim.Rechecks, missed),
        };
    }
}
