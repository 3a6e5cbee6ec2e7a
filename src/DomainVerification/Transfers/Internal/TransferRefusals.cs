namespace DomainVerification.Transfers.Internal;

/// <summary>The sentences of the refusals that decisions about takeovers meet.</summary>
internal static class TransferRefusals
{
    public static DomainVerificationError NotFound { get; } = new(
        DomainVerificationErrorCodes.ReviewNotFound,
        "There is no review of this claim. It was decided, has expired or was closed.");

    public static DomainVerificationError Stale { get; } = new(
        DomainVerificationErrorCodes.ReviewStale,
        "The case is not as it was when you read it. Read it again and decide anew.");

    public static DomainVerificationError ReviewerIsParty { get; } = new(
        DomainVerificationErrorCodes.ReviewerIsParty,
        "You have acted for one of the two sides. Somebody else must decide.");

    public static DomainVerificationError UndoNotPossible { get; } = new(
        DomainVerificationErrorCodes.UndoNotPossible,
        "This takeover cannot be undone: the time for it is over, or the domain has changed hands since.");
}
