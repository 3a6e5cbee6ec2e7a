namespace DomainVerification.Claims.Internal;

internal abstract partial record ClaimCommand
{
    /// <summary>Another owner has proved the domain that this one holds.</summary>
    internal sealed record Contest(string Reason) : ClaimCommand(ClaimAction.Contest);

    /// <summary>The domain is held, and the claimant waits for it.</summary>
    internal sealed record AwaitTransfer(ClaimTransfer Transfer) : ClaimCommand(ClaimAction.AwaitTransfer);

    /// <summary>The claimant goes on waiting, or the worker is to look at its case at once.</summary>
    internal sealed record NoteTransfer(ClaimTransfer Transfer, DateTimeOffset DueAt) : ClaimCommand(ClaimAction.NoteTransfer);

    /// <summary>The claimant waits no more.</summary>
    internal sealed record EndTransfer(string Reason, DateTimeOffset? DueAt = null) : ClaimCommand(ClaimAction.EndTransfer);

    /// <summary>The domain is held, and a person is to decide.</summary>
    internal sealed record OpenReview(ClaimTransfer Transfer) : ClaimCommand(ClaimAction.OpenReview);

    /// <summary>A person decides for the claimant, who is to hold the domain by <paramref name="Until"/>.</summary>
    internal sealed record ApproveReview(TransferVerdict Verdict, DateTimeOffset Until) : ClaimCommand(ClaimAction.ApproveReview);

    /// <summary>A person decides for the holder.</summary>
    internal sealed record RejectReview(TransferVerdict Verdict) : ClaimCommand(ClaimAction.RejectReview);

    /// <summary>Nobody decided in time.</summary>
    internal sealed record ExpireReview(DateTimeOffset? DueAt = null) : ClaimCommand(ClaimAction.ExpireReview);

    /// <summary>The holding that was to be decided about has ended; the claimant is to claim again at once.</summary>
    internal sealed record CloseReview(DateTimeOffset DueAt) : ClaimCommand(ClaimAction.CloseReview);

    /// <summary>A person gives the domain back to its former holder.</summary>
    internal sealed record UndoTransfer(TransferVerdict Verdict) : ClaimCommand(ClaimAction.UndoTransfer);
}
