using System.Globalization;
using static DomainVerification.ClaimStatus;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Claims.Internal;

/// <summary>The sentences of the refusals that a claim's state causes.</summary>
internal static class ClaimRefusals
{
    public static DomainVerificationError ChallengeExpired { get; } =
        new(Codes.ChallengeExpired, "The time to prove this claim is over. Request the domain again to get a fresh token.");

    public static DomainVerificationError NotFound { get; } =
        new(Codes.ClaimNotFound, "There is no such claim.");

    public static DomainVerificationError VersionConflict { get; } =
        new(Codes.VersionConflict, "The claim was changed in the meantime. Read it again and retry.");

    public static DomainVerificationError DomainHeld { get; } =
        new(Codes.DomainHeld, "This domain is already claimed and cannot be taken over.");

    public static DomainVerificationError DomainTaken { get; } =
        new(Codes.DomainHeld, "This domain is already claimed by somebody else.");

    public static DomainVerificationError AlreadyClaimed { get; } =
        new(Codes.AlreadyClaimed, "You hold this domain already.");

    public static DomainVerificationError MethodDiffers { get; } =
        new(Codes.MethodDiffers, "A claim of this domain by another method is pending. Cancel it, or rotate its token to the new method.");

    public static DomainVerificationError DomainContested { get; } =
        new(Codes.DomainContested, "Somebody else claimed this domain at the same moment. Read the claim again and decide anew.");

    public static DomainVerificationError TransferWaiting { get; } =
        new(Codes.TransferWaiting, "This domain is claimed. Your claim waits, and goes on by itself; keep your record published.");

    public static DomainVerificationError TransferInReview { get; } =
        new(
            Codes.TransferInReview,
            "This domain is claimed and in use. Your claim is reviewed, and goes on by itself; keep your record published.");

    public static DomainVerificationError TransferRefused { get; } =
        new(Codes.TransferRefused, "This domain is claimed and cannot be taken over now.");

    public static DomainVerificationError ProofStale { get; } =
        new(Codes.ProofStale, "The proof is too old to claim the domain with. Verify the domain again, or confirm it.");

    public static DomainVerificationError ProvisioningPending { get; } =
        new(Codes.ProvisioningPending, "The domain is yours, and its identities are still being made. Ask again in a moment.");

    public static DomainVerificationError NothingToProvision { get; } =
        new(Codes.NotClaimed, "You do not hold this domain, so no identities are made for it.");

    public static DomainVerificationError CheckRateLimited { get; } =
        new(Codes.CheckRateLimited, "There were many checks in a short time. Nothing is lost; wait a moment and check again.");

    public static DomainVerificationError TooManyPendingClaims(int maximum) => new(
        Codes.TooManyPendingClaims,
        string.Create(
            CultureInfo.InvariantCulture,
            $"As many of your domains wait for their proof as may at once, which is {maximum}. Verify or cancel one of them first."));

    /// <summary>Why the table of <see cref="ClaimLifecycle"/> has no row for an action.</summary>
    public static DomainVerificationError Of(ClaimStatus status, ClaimAction action) => (status, action) switch
    {
        (Expired, ClaimAction.Prove or ClaimAction.NoteCheck or ClaimAction.Claim or ClaimAction.ClaimAndProvision) => ChallengeExpired,
        (InReview, ClaimAction.Claim or ClaimAction.ClaimAndProvision
            or ClaimAction.AwaitTransfer or ClaimAction.NoteTransfer or ClaimAction.EndTransfer
            or ClaimAction.OpenReview) => TransferInReview,
        (Provisioning or Claimed, ClaimAction.Unverify) =>
            new(Codes.StillClaimed, "You hold this domain. Unclaim it before you unverify it."),
        (Provisioning or Claimed, ClaimAction.Claim or ClaimAction.ClaimAndProvision
            or ClaimAction.AwaitTransfer or ClaimAction.NoteTransfer or ClaimAction.EndTransfer
            or ClaimAction.OpenReview) => AlreadyClaimed,
        (Verified or InReview or Provisioning or Claimed, ClaimAction.Cancel or ClaimAction.Expire or ClaimAction.ChangeMethod) =>
            new(Codes.NotPending, "The domain is verified, so there is no pending request to withdraw. Unverify it instead."),
        (Pending, ClaimAction.Claim or ClaimAction.ClaimAndProvision or ClaimAction.Unverify
            or ClaimAction.AwaitTransfer or ClaimAction.NoteTransfer or ClaimAction.EndTransfer or ClaimAction.OpenReview) =>
            new(Codes.NotVerified, "The domain is not verified yet. Publish the record and verify it first."),
        (Pending or Verified or InReview, ClaimAction.Unclaim or ClaimAction.Release or ClaimAction.Contest) =>
            new(Codes.NotClaimed, "You do not hold this domain, so there is nothing to give up."),
        (_, ClaimAction.AdvanceProvisioning or ClaimAction.FinishProvisioning or ClaimAction.FailProvisioning
            or ClaimAction.RetryProvisioning or ClaimAction.SettleProvisioning
            or ClaimAction.FailRelease or ClaimAction.ReplayWork or ClaimAction.DiscardWork) =>
            new(Codes.HoldingEnded, "The holding that this was provisioned for is not waiting for it any more."),
        (_, ClaimAction.ApproveReview or ClaimAction.RejectReview or ClaimAction.ExpireReview or ClaimAction.CloseReview) =>
            new(Codes.ReviewNotFound, "There is no review of this claim. It was decided, has expired or was closed."),
        (_, ClaimAction.UndoTransfer) => new(Codes.UndoNotPossible, "This takeover cannot be undone any more."),
        _ => new(Codes.ClaimEnded, "This claim has ended. Request the domain again to make a new one."),
    };
}
