using static DomainVerification.ClaimStatus;

namespace DomainVerification.Claims.Internal;

/// <summary>One allowed move. An action that is not in the table for a status is refused.</summary>
/// <param name="From">The status before.</param>
/// <param name="Action">What is done.</param>
/// <param name="To">The status after.</param>
/// <param name="Event">The audit event; <see langword="null"/> where nothing moves.</param>
internal sealed record ClaimTransition(ClaimStatus From, ClaimAction Action, ClaimStatus To, string? Event);

/// <summary>What an action made of a claim: the new state with its event and its work, or the refusal.</summary>
internal sealed record LifecycleResult(DomainClaim? Claim, ClaimEvent? Event, ClaimWork? Work, DomainVerificationError? Error);

/// <summary>
/// The whole life of a claim as a pure function: (claim, command, actor, now) to (claim, event, work) or a refusal. No input or output, no
/// clock, no randomness; <c>docs/lifecycle.md</c> shows the same table.
/// </summary>
internal static class ClaimLifecycle
{
    public static IReadOnlyList<ClaimTransition> Table { get; } =
    [
        new(Pending, ClaimAction.Prove, Verified, ClaimEventTypes.Verified),
        new(Pending, ClaimAction.NoteCheck, Pending, null),
        new(Pending, ClaimAction.Rotate, Pending, ClaimEventTypes.TokenRotated),
        new(Pending, ClaimAction.Cancel, Canceled, ClaimEventTypes.Canceled),
        new(Pending, ClaimAction.Expire, Expired, ClaimEventTypes.Expired),

        new(Verified, ClaimAction.Prove, Verified, ClaimEventTypes.Reverified),
        new(Verified, ClaimAction.NoteCheck, Verified, null),
        new(Verified, ClaimAction.Rotate, Verified, ClaimEventTypes.TokenRotated),
        new(Verified, ClaimAction.Claim, Claimed, ClaimEventTypes.Claimed),
        new(Verified, ClaimAction.ClaimAndProvision, Provisioning, ClaimEventTypes.Claimed),
        new(Verified, ClaimAction.FailRelease, Verified, ClaimEventTypes.ReleaseFailed),
        new(Verified, ClaimAction.ReplayWork, Verified, ClaimEventTypes.WorkReplayed),
        new(Verified, ClaimAction.DiscardWork, Verified, ClaimEventTypes.WorkDiscarded),
        new(Verified, ClaimAction.Unverify, Revoked, ClaimEventTypes.Unverified),

        new(Provisioning, ClaimAction.Prove, Provisioning, ClaimEventTypes.Reverified),
        new(Provisioning, ClaimAction.NoteCheck, Provisioning, null),
        new(Provisioning, ClaimAction.Rotate, Provisioning, ClaimEventTypes.TokenRotated),
        new(Provisioning, ClaimAction.FinishProvisioning, Claimed, ClaimEventTypes.Provisioned),
        new(Provisioning, ClaimAction.FailProvisioning, Provisioning, ClaimEventTypes.ProvisioningFailed),
        new(Provisioning, ClaimAction.RetryProvisioning, Provisioning, ClaimEventTypes.ProvisioningRetried),
        new(Provisioning, ClaimAction.Unclaim, Verified, ClaimEventTypes.Unclaimed),
        new(Provisioning, ClaimAction.Release, Released, ClaimEventTypes.Released),
        new(Provisioning, ClaimAction.FailRelease, Provisioning, ClaimEventTypes.ReleaseFailed),
        new(Provisioning, ClaimAction.ReplayWork, Provisioning, ClaimEventTypes.WorkReplayed),
        new(Provisioning, ClaimAction.DiscardWork, Provisioning, ClaimEventTypes.WorkDiscarded),

        new(Claimed, ClaimAction.Prove, Claimed, ClaimEventTypes.Reverified),
        new(Claimed, ClaimAction.NoteCheck, Claimed, null),
        new(Claimed, ClaimAction.Rotate, Claimed, ClaimEventTypes.TokenRotated),
        new(Claimed, ClaimAction.Unclaim, Verified, ClaimEventTypes.Unclaimed),
        new(Claimed, ClaimAction.Release, Released, ClaimEventTypes.Released),
        new(Claimed, ClaimAction.FailRelease, Claimed, ClaimEventTypes.ReleaseFailed),
        new(Claimed, ClaimAction.ReplayWork, Claimed, ClaimEventTypes.WorkReplayed),
        new(Claimed, ClaimAction.DiscardWork, Claimed, ClaimEventTypes.WorkDiscarded),

        new(Released, ClaimAction.FailRelease, Released, ClaimEventTypes.ReleaseFailed),
        new(Released, ClaimAction.ReplayWork, Released, ClaimEventTypes.WorkReplayed),
        new(Released, ClaimAction.DiscardWork, Released, ClaimEventTypes.WorkDiscarded),
        new(Revoked, ClaimAction.FailRelease, Revoked, ClaimEventTypes.ReleaseFailed),
        new(Revoked, ClaimAction.ReplayWork, Revoked, ClaimEventTypes.WorkReplayed),
        new(Revoked, ClaimAction.DiscardWork, Revoked, ClaimEventTypes.WorkDiscarded),
    ];

    private static readonly Dictionary<(ClaimStatus, ClaimAction), ClaimTransition> Moves =
        Table.ToDictionary(row => (row.From, row.Action));

    /// <summary>Applies a command.</summary>
    public static LifecycleResult Apply(DomainClaim claim, ClaimCommand command, ClaimActor actor, DateTimeOffset now)
    {
        if (Refuse(claim, command, now) is { } error)
        {
            return new LifecycleResult(null, null, null, error);
        }

        var move = Moves[(claim.Status, command.Action)];
        var next = Change(claim, command) with
        {
            Status = move.To,
            Version = claim.Version + 1,
            ModifiedAt = now,
            ModifiedBy = actor,
        };
        return new LifecycleResult(next, EventOf(move, next, command, actor, now), WorkOf(claim, next, command, now), null);
    }

    /// <summary>The event of a claim's creation.</summary>
    public static ClaimEvent Requested(DomainClaim claim) =>
        NewEvent(claim, ClaimEventTypes.Requested, null, claim.CreatedBy, claim.CreatedAt);

    private static DomainVerificationError? Refuse(DomainClaim claim, ClaimCommand command, DateTimeOffset now)
    {
        if (!Moves.ContainsKey((claim.Status, command.Action)))
        {
            return ClaimRefusals.Of(claim.Status, command.Action);
        }

        // Identities that are made for a holding that ended belong to nobody.
        if (command is ClaimCommand.ReplayWork { Work.Kind: ClaimWorkKind.Provision } replay
            && (claim.Status != Provisioning || claim.Epoch != replay.Work.Epoch))
        {
            return ClaimRefusals.Of(claim.Status, command.Action);
        }

        var ranOut = claim.Status == Pending && claim.Challenge.ExpiresAt <= now;
        return command.Action is ClaimAction.Prove or ClaimAction.NoteCheck && ranOut ? ClaimRefusals.ChallengeExpired : null;
    }

    private static DomainClaim Change(DomainClaim claim, ClaimCommand command) => command switch
    {
        ClaimCommand.Prove prove => claim with
        {
            LastCheck = prove.Check,
            Proof = new ClaimProof(claim.Proof?.FirstProvedAt ?? prove.Check.At, prove.Check.At, prove.Evidence),
            DueAt = prove.DueAt,
        },
        ClaimCommand.NoteCheck note => claim with
        {
            LastCheck = note.Check,
            DueAt = note.DueAt,
            Rechecks = note.Rechecks,
            Attempts = claim.Attempts + (note.Check.Outcome == ProofOutcome.NotProved ? 1 : 0),
        },
        ClaimCommand.Rotate rotate => claim with
        {
            Challenge = rotate.Challenge,
            SpentTokens = Spend(claim),
            DueAt = claim.Status == Pending ? rotate.DueAt : claim.DueAt,
            Attempts = 0,
            Rechecks = 0,
        },
        ClaimCommand.Claim hold => claim with { Epoch = hold.Epoch, DueAt = null },
        ClaimCommand.ClaimAndProvision hold => claim with { Epoch = hold.Epoch, DueAt = null },
        ClaimCommand.FinishProvisioning done => claim with { Identities = done.Identities, ProvisioningError = null },
        ClaimCommand.FailProvisioning failed => claim with { ProvisioningError = failed.Error },
        ClaimCommand.RetryProvisioning => claim with { ProvisioningError = null },
        ClaimCommand.Unclaim or ClaimCommand.Release => claim with { Identities = [], ProvisioningError = null, DueAt = null },
        ClaimCommand.ReplayWork { Work.Kind: ClaimWorkKind.Provision } => claim with { ProvisioningError = null },
        ClaimCommand.FailRelease or ClaimCommand.ReplayWork or ClaimCommand.DiscardWork => claim,
        _ => claim with { DueAt = null },
    };

    /// <summary>The dead tokens of a claim once its present one is dead too.</summary>
    public static IReadOnlyList<SpentToken> Spend(DomainClaim claim) =>
    [
        new SpentToken(claim.Challenge.Generation, claim.Challenge.Token),
        .. claim.SpentTokens.Take(DomainClaim.MaximumSpentTokens - 1),
    ];

    private static ClaimEvent? EventOf(
        ClaimTransition move,
        DomainClaim next,
        ClaimCommand command,
        ClaimActor actor,
        DateTimeOffset now)
    {
        if (move.Event is not { } type)
        {
            return null;
        }

        return NewEvent(next, type, move.From, actor, now) with
        {
            Evidence = command switch
            {
                ClaimCommand.Prove prove => prove.Evidence,
                ClaimCommand.Claim or ClaimCommand.ClaimAndProvision => next.Proof?.Evidence,
                _ => null,
            },
            Reason = command switch
            {
                ClaimCommand.FailProvisioning failed => failed.Error.Code,
                ClaimCommand.FailRelease failed => failed.Reason,
                ClaimCommand.ReplayWork replay => replay.Work.LastError?.Code,
                ClaimCommand.DiscardWork discard => discard.Work.LastError?.Code,
                _ => null,
            },

            // The claim may hold anew by now; the work belongs to the holding that it was made for.
            Epoch = command switch
            {
                ClaimCommand.FailRelease failed => failed.Epoch,
                ClaimCommand.ReplayWork replay => replay.Work.Epoch,
                ClaimCommand.DiscardWork discard => discard.Work.Epoch,
                _ => next.Epoch,
            },
        };
    }

    private static ClaimEvent NewEvent(DomainClaim claim, string type, ClaimStatus? from, ClaimActor actor, DateTimeOffset now) => new()
    {
        Id = StableId.Of(claim.Id, "event", claim.Version),
        Type = type,
        ClaimId = claim.Id,
        ClaimVersion = claim.Version,
        Profile = claim.Profile,
        Owner = claim.Owner,
        Domain = claim.Domain,
        From = from,
        To = claim.Status,
        Epoch = claim.Epoch,
        At = now,
        Actor = actor,
    };

    private static ClaimWork? WorkOf(DomainClaim before, DomainClaim next, ClaimCommand command, DateTimeOffset now) => command switch
    {
        ClaimCommand.ClaimAndProvision => NewWork(next, ClaimWorkKind.Provision, [], now),

        // The operation that failed has ended: another one for the same holding needs its own identity.
        ClaimCommand.RetryProvisioning =>
            NewWork(next, ClaimWorkKind.Provision, [], now) with { Id = StableId.Of(next.Id, "ProvisionAgain", next.Version) },
        ClaimCommand.Unclaim { Provisions: true } or ClaimCommand.Release { Provisions: true } =>
            NewWork(next, ClaimWorkKind.Release, before.Identities, now),
        _ => null,
    };

    private static ClaimWork NewWork(
        DomainClaim claim,
        ClaimWorkKind kind,
        IReadOnlyList<ProvisionedIdentity> identities,
        DateTimeOffset now) => new()
        {
            Id = StableId.Of(claim.Id, kind.ToString(), claim.Epoch),
            Kind = kind,
            ClaimId = claim.Id,
            Profile = claim.Profile,
            Owner = claim.Owner,
            Domain = claim.Domain,
            Epoch = claim.Epoch,
            Identities = identities,
            CreatedAt = now,
            DueAt = now,
        };
}
