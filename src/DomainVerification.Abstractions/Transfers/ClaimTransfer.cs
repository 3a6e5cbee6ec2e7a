namespace DomainVerification;

/// <summary>Where the takeover of a domain that another owner held stands.</summary>
public enum TransferState
{
    /// <summary>The claimant waits; the worker claims the domain again when the wait is over.</summary>
    Waiting,

    /// <summary>A person is to decide.</summary>
    InReview,

    /// <summary>A person has approved it; the domain is about to change hands.</summary>
    Approved,

    /// <summary>A person has rejected it.</summary>
    Rejected,

    /// <summary>The domain changed hands.</summary>
    Done,

    /// <summary>The domain changed hands and was given back.</summary>
    Undone,
}

/// <summary>
/// The takeover of a domain from another owner, as the claimant's claim keeps it. All but <see cref="Holder"/> is the claimant's to see.
/// </summary>
public sealed record ClaimTransfer
{
    /// <summary>Where it stands.</summary>
    public required TransferState State { get; init; }

    /// <summary>When the takeover was first asked for, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Why it waits, or waited, or is in review: <see cref="TransferReasons"/> and codes of the host's own.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>
    /// Until when the state lasts, UTC: the end of a wait, the end of a review that nobody decides, or the end of the time in which a
    /// takeover can be undone; <see langword="null"/> where nothing ends it.
    /// </summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What a person decided; <see langword="null"/> where nobody did.</summary>
    public TransferVerdict? Verdict { get; init; }

    /// <summary>
    /// The other side, for stores and operators. Always <see langword="null"/> in what <see cref="DomainClaim"/>s the claimant's own calls
    /// answer: who claims a domain never learns who holds it.
    /// </summary>
    public TransferHolder? Holder { get; init; }
}

/// <summary>What a person decided about a takeover.</summary>
/// <param name="Actor">Who decided.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Why, in the reviewer's words. The claimant sees it. At most 1,024 characters.</param>
public sealed record TransferVerdict(ClaimActor Actor, DateTimeOffset At, string? Reason);

/// <summary>The holder that a takeover is about, as it was when the takeover was asked for.</summary>
/// <param name="ClaimId">The holder's claim.</param>
/// <param name="Epoch">The epoch of its holding. A decision about this holding is void once the domain has another epoch.</param>
/// <param name="Activity">What the host knew of its use of the domain.</param>
/// <param name="Check">What a fresh look for its proof came to; <see langword="null"/> where nobody looked.</param>
/// <param name="Evidence">Its proof, where that look found it.</param>
public sealed record TransferHolder(ClaimId ClaimId, long Epoch, HolderActivity Activity, ClaimCheck? Check, ProofEvidence? Evidence);
