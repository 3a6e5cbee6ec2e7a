namespace DomainVerification.Claims.Internal;

/// <summary>The audit events of moves.</summary>
internal static class ClaimEvents
{
    /// <summary>The event of a move; <see langword="null"/> where it leaves none.</summary>
    public static ClaimEvent? Of(ClaimTransition move, DomainClaim next, ClaimCommand command, ClaimActor actor, DateTimeOffset now) =>
        move.Event is not { } type
            ? null
            : New(next, type, move.From, actor, now) with
            {
                Evidence = EvidenceOf(command, next),
                Reason = ReasonOf(command),
                Epoch = EpochOf(command) ?? next.Epoch,
            };

    public static ClaimEvent New(DomainClaim claim, string type, ClaimStatus? from, ClaimActor actor, DateTimeOffset now) => new()
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

    private static ProofEvidence? EvidenceOf(ClaimCommand command, DomainClaim next) => command switch
    {
        ClaimCommand.Prove prove => prove.Evidence,
        ClaimCommand.NoteRecovery recovery => recovery.Evidence,
        ClaimCommand.Claim or ClaimCommand.ClaimAndProvision or ClaimCommand.OpenReview or ClaimCommand.AwaitTransfer =>
            next.Proof?.Evidence,
        _ => null,
    };

    private static string? ReasonOf(ClaimCommand command) => command switch
    {
        ClaimCommand.FailProvisioning failed => failed.Error.Code,
        ClaimCommand.FailRelease failed => failed.Reason,
        ClaimCommand.ReplayWork replay => replay.Work.LastError?.Code,
        ClaimCommand.DiscardWork discard => discard.Work.LastError?.Code,
        ClaimCommand.Contest contest => contest.Reason,
        ClaimCommand.AwaitTransfer wait => Joined(wait.Transfer.Reasons),
        ClaimCommand.OpenReview open => Joined(open.Transfer.Reasons),
        ClaimCommand.EndTransfer end => end.Reason,
        ClaimCommand.ApproveReview approve => approve.Verdict.Reason,
        ClaimCommand.RejectReview reject => reject.Verdict.Reason,
        ClaimCommand.UndoTransfer undo => undo.Verdict.Reason,
        ClaimCommand.NoteRisk risk => risk.Check.Code,
        ClaimCommand.NoteLapse lapse => lapse.Check.Code,
        _ => null,
    };

    private static string Joined(IReadOnlyList<string> reasons) => string.Join(' ', reasons);

    /// <summary>
    /// The epoch of a holding that the event is about, where it may not be the present one: the claim may hold anew by the time that work
    /// for an earlier holding ends.
    /// </summary>
    private static long? EpochOf(ClaimCommand command) => command switch
    {
        ClaimCommand.FailRelease failed => failed.Epoch,
        ClaimCommand.ReplayWork replay => replay.Work.Epoch,
        ClaimCommand.DiscardWork discard => discard.Work.Epoch,
        _ => null,
    };
}
