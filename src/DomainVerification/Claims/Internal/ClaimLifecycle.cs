namespace DomainVerification.Claims.Internal;

/// <summary>What an action made of a claim: the new state with its event and its work, or the refusal.</summary>
internal sealed record LifecycleResult(
    DomainClaim? Claim,
    ClaimEvent? Event,
    IReadOnlyList<ClaimWork> Work,
    DomainVerificationError? Error);

/// <summary>
/// The whole life of a claim as a pure function: (claim, command, actor, now) to (claim, event, work) or a refusal. No input or output, no
/// clock, no randomness. <see cref="ClaimTransitions"/> has the table of all moves, and <c>docs/lifecycle.md</c> shows it.
/// </summary>
internal static class ClaimLifecycle
{
    /// <summary>Applies a command.</summary>
    public static LifecycleResult Apply(DomainClaim claim, ClaimCommand command, ClaimActor actor, DateTimeOffset now)
    {
        if (Refuse(claim, command, now) is { } error)
        {
            return new LifecycleResult(null, null, [], error);
        }

        var move = ClaimTransitions.Find(claim.Status, command.Action)!;
        var next = ClaimChange.Of(claim, command, now) with
        {
            Status = move.To,
            Version = claim.Version + 1,
            ModifiedAt = now,
            ModifiedBy = actor,
        };
        return new LifecycleResult(next, ClaimEvents.Of(move, next, command, actor, now), HoldingWork.Of(claim, next, command, now), null);
    }

    /// <summary>A claim as it begins: a request, or a holding that is given back.</summary>
    public static LifecycleResult Begin(DomainClaim claim, string? reason = null)
    {
        var type = claim.Status.Holds ? ClaimEventTypes.Restored : ClaimEventTypes.Requested;
        var began = ClaimEvents.New(claim, type, null, claim.CreatedBy, claim.CreatedAt) with { Reason = reason };
        return new LifecycleResult(claim, began, HoldingWork.Provisions(claim, claim.CreatedAt), null);
    }

    private static DomainVerificationError? Refuse(DomainClaim claim, ClaimCommand command, DateTimeOffset now)
    {
        if (ClaimTransitions.Find(claim.Status, command.Action) is null)
        {
            return ClaimRefusals.Of(claim.Status, command.Action);
        }

        // Identities that are made for a holding that ended belong to nobody.
        if (command is ClaimCommand.ReplayWork { Work.Kind: ClaimWorkKind.Provision } replay
            && (claim.Status != ClaimStatus.Provisioning || claim.Epoch != replay.Work.Epoch))
        {
            return ClaimRefusals.Of(claim.Status, command.Action);
        }

        if (command is ClaimCommand.UndoTransfer && claim.Transfer is not { State: TransferState.Done })
        {
            return ClaimRefusals.Of(ClaimStatus.Verified, command.Action);
        }

        var ranOut = claim.Status == ClaimStatus.Pending && claim.Challenge.ExpiresAt <= now;
        return command.Action is ClaimAction.Prove or ClaimAction.NoteCheck or ClaimAction.ChangeMethod && ranOut ? ClaimRefusals.ChallengeExpired : null;
    }
}
