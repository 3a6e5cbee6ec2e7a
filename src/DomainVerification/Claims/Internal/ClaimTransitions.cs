using static DomainVerification.ClaimStatus;

namespace DomainVerification.Claims.Internal;

/// <summary>One allowed move. An action that is not in the table for a status is refused.</summary>
/// <param name="From">The status before.</param>
/// <param name="Action">What is done.</param>
/// <param name="To">The status after.</param>
/// <param name="Event">The audit event; <see langword="null"/> where nothing moves.</param>
internal sealed record ClaimTransition(ClaimStatus From, ClaimAction Action, ClaimStatus To, string? Event);

/// <summary>Every move of a claim.</summary>
internal static class ClaimTransitions
{
    public static IReadOnlyList<ClaimTransition> Table { get; } =
    [
        new(Pending, ClaimAction.Prove, Verified, ClaimEventTypes.Verified),
        new(Pending, ClaimAction.NoteCheck, Pending, null),
        new(Pending, ClaimAction.Rotate, Pending, ClaimEventTypes.TokenRotated),
        new(Pending, ClaimAction.ChangeMethod, Pending, ClaimEventTypes.MethodChanged),
        new(Pending, ClaimAction.Cancel, Canceled, ClaimEventTypes.Canceled),
        new(Pending, ClaimAction.Expire, Expired, ClaimEventTypes.Expired),

        .. Watched(Verified),
        new(Verified, ClaimAction.Claim, Claimed, ClaimEventTypes.Claimed),
        new(Verified, ClaimAction.ClaimAndProvision, Provisioning, ClaimEventTypes.Claimed),
        new(Verified, ClaimAction.AwaitTransfer, Verified, ClaimEventTypes.TransferWaiting),
        new(Verified, ClaimAction.NoteTransfer, Verified, null),
        new(Verified, ClaimAction.EndTransfer, Verified, ClaimEventTypes.TransferEnded),
        new(Verified, ClaimAction.OpenReview, InReview, ClaimEventTypes.ReviewOpened),
        .. FormerHolder(Verified),
        new(Verified, ClaimAction.Unverify, Revoked, ClaimEventTypes.Unverified),

        new(InReview, ClaimAction.Prove, InReview, ClaimEventTypes.Reverified),
        new(InReview, ClaimAction.NoteCheck, InReview, null),
        new(InReview, ClaimAction.Rotate, InReview, ClaimEventTypes.TokenRotated),
        new(InReview, ClaimAction.NoteTransfer, InReview, null),
        new(InReview, ClaimAction.ApproveReview, Verified, ClaimEventTypes.ReviewApproved),
        new(InReview, ClaimAction.RejectReview, Rejected, ClaimEventTypes.ReviewRejected),
        new(InReview, ClaimAction.ExpireReview, Verified, ClaimEventTypes.ReviewExpired),
        new(InReview, ClaimAction.CloseReview, Verified, ClaimEventTypes.ReviewClosed),
        .. FormerHolder(InReview),
        new(InReview, ClaimAction.Unverify, Revoked, ClaimEventTypes.Unverified),

        .. Watched(Provisioning),
        new(Provisioning, ClaimAction.AdvanceProvisioning, Provisioning, ClaimEventTypes.ProvisioningAdvanced),
        new(Provisioning, ClaimAction.FinishProvisioning, Claimed, ClaimEventTypes.Provisioned),
        new(Provisioning, ClaimAction.FailProvisioning, Provisioning, ClaimEventTypes.ProvisioningFailed),
        new(Provisioning, ClaimAction.RetryProvisioning, Provisioning, ClaimEventTypes.ProvisioningRetried),
        new(Provisioning, ClaimAction.SettleProvisioning, Claimed, ClaimEventTypes.Provisioned),
        .. Holding(Provisioning),

        .. Watched(Claimed),
        .. Holding(Claimed),

        .. FormerHolder(Released),
        .. FormerHolder(Revoked),
        .. FormerHolder(Rejected),
    ];

    private static readonly Dictionary<(ClaimStatus, ClaimAction), ClaimTransition> Moves =
        Table.ToDictionary(row => (row.From, row.Action));

    /// <summary>The move that an action makes; <see langword="null"/> where it is refused.</summary>
    public static ClaimTransition? Find(ClaimStatus from, ClaimAction action) => Moves.GetValueOrDefault((from, action));

    private static ClaimTransition[] Watched(ClaimStatus status) =>
    [
        new(status, ClaimAction.Prove, status, ClaimEventTypes.Reverified),
        new(status, ClaimAction.NoteProof, status, null),
        new(status, ClaimAction.NoteCheck, status, null),
        new(status, ClaimAction.NoteRisk, status, ClaimEventTypes.AtRisk),
        new(status, ClaimAction.NoteLapse, status, ClaimEventTypes.Lapsed),
        new(status, ClaimAction.NoteRecovery, status, ClaimEventTypes.Recovered),
        new(status, ClaimAction.Rotate, status, ClaimEventTypes.TokenRotated),
    ];

    private static ClaimTransition[] Holding(ClaimStatus status) =>
    [
        new(status, ClaimAction.Contest, status, ClaimEventTypes.Contested),
        new(status, ClaimAction.Unclaim, Verified, ClaimEventTypes.Unclaimed),
        new(status, ClaimAction.Release, Released, ClaimEventTypes.Released),
        new(status, ClaimAction.UndoTransfer, Released, ClaimEventTypes.TransferUndone),
        .. FormerHolder(status),
    ];

    /// <summary>What can happen to a claim because of a holding that it once had.</summary>
    private static ClaimTransition[] FormerHolder(ClaimStatus status) =>
    [
        new(status, ClaimAction.FailRelease, status, ClaimEventTypes.ReleaseFailed),
        new(status, ClaimAction.ReplayWork, status, ClaimEventTypes.WorkReplayed),
        new(status, ClaimAction.DiscardWork, status, ClaimEventTypes.WorkDiscarded),
    ];
}
