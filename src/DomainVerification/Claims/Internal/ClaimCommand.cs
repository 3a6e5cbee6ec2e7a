namespace DomainVerification.Claims.Internal;

/// <summary>What can be done to a claim: the columns of the table in <see cref="ClaimLifecycle"/>.</summary>
internal enum ClaimAction
{
    Prove,
    NoteProof,
    NoteCheck,
    NoteRisk,
    NoteLapse,
    NoteRecovery,
    Rotate,
    ChangeMethod,
    Claim,
    ClaimAndProvision,
    AdvanceProvisioning,
    FinishProvisioning,
    FailProvisioning,
    RetryProvisioning,
    SettleProvisioning,
    Unclaim,
    Release,
    FailRelease,
    ReplayWork,
    DiscardWork,
    Contest,
    AwaitTransfer,
    NoteTransfer,
    EndTransfer,
    OpenReview,
    ApproveReview,
    RejectReview,
    ExpireReview,
    CloseReview,
    UndoTransfer,
    Unverify,
    Cancel,
    Expire,
}

/// <summary>An action with what it brings along.</summary>
internal abstract partial record ClaimCommand(ClaimAction Action)
{
    /// <summary>A fresh challenge takes the place of the present one.</summary>
    internal sealed record Rotate(Challenge Challenge, DateTimeOffset? DueAt) : ClaimCommand(ClaimAction.Rotate);

    /// <summary>The token is to be published in another record.</summary>
    internal sealed record ChangeMethod(ChallengeRecord Record) : ClaimCommand(ClaimAction.ChangeMethod);

    /// <summary>The owner gives the domain up and stays verified.</summary>
    internal sealed record Unclaim(DateTimeOffset? DueAt = null) : ClaimCommand(ClaimAction.Unclaim);

    /// <summary>The owner gives up its proof.</summary>
    internal sealed record Unverify() : ClaimCommand(ClaimAction.Unverify);

    /// <summary>The owner withdraws a pending request.</summary>
    internal sealed record Cancel() : ClaimCommand(ClaimAction.Cancel);

    /// <summary>The challenge has run out.</summary>
    internal sealed record Expire() : ClaimCommand(ClaimAction.Expire);
}
