namespace DomainVerification;

/// <summary>A takeover that waits for a person's decision, with the evidence of both sides.</summary>
public sealed record TransferReview
{
    /// <summary>The claimant's claim, which names the case.</summary>
    public required ClaimId Claim { get; init; }

    /// <summary>The version of the case, for <see cref="TransferReviewDecision.ExpectedVersion"/>.</summary>
    public required long Version { get; init; }

    /// <summary>The profile of the domain.</summary>
    public required string Profile { get; init; }

    /// <summary>The domain.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>Who claims.</summary>
    public required string Claimant { get; init; }

    /// <summary>What proves the claimant's control.</summary>
    public required ClaimProof ClaimantProof { get; init; }

    /// <summary>
    /// Who holds, masked: the ends of the owner's identifier, so that a reviewer can tell cases apart without being shown a tenant. Who is
    /// allowed to see more looks <see cref="HolderClaim"/> up.
    /// </summary>
    public required string MaskedHolder { get; init; }

    /// <summary>The holder's claim.</summary>
    public required ClaimId HolderClaim { get; init; }

    /// <summary>What a fresh look for the holder's own proof came to when the review was opened.</summary>
    public ClaimCheck? HolderCheck { get; init; }

    /// <summary>The holder's own proof, where that look found it.</summary>
    public ProofEvidence? HolderEvidence { get; init; }

    /// <summary>What the host knew of the holder's use of the domain when the review was opened.</summary>
    public required HolderActivity Activity { get; init; }

    /// <summary>Why it is reviewed: <see cref="TransferReasons"/> and codes of the host's own, the weightiest first.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>When the takeover was first asked for, UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the review runs out undecided, UTC.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether the case can still be approved.</summary>
    public required TransferReviewState State { get; init; }
}

/// <summary>Whether a case can still be approved.</summary>
public enum TransferReviewState
{
    /// <summary>The holder that the case is about holds the domain.</summary>
    Open,

    /// <summary>
    /// The holding that the case is about has ended, so that there is nothing to approve; the worker closes the case
    /// soon.
    /// </summary>
    Stale,
}

/// <summary>Which cases to list. Conditions that are left out do not restrict.</summary>
public sealed record TransferReviewQuery
{
    /// <summary>How many cases a page may have at the most.</summary>
    public const int MaximumPageSize = 100;

    /// <summary>Only cases of this profile.</summary>
    public string? Profile { get; init; }

    /// <summary>Only cases about this domain.</summary>
    public DomainName? Domain { get; init; }

    /// <summary>Only cases after this one: the <see cref="TransferReviewPage.Next"/> of the page before.</summary>
    public ClaimId? After { get; init; }

    /// <summary>How many cases to return, from 1 to <see cref="MaximumPageSize"/>.</summary>
    public int PageSize { get; init; } = 50;
}

/// <summary>A page of cases.</summary>
/// <param name="Reviews">The cases.</param>
/// <param name="Next">What to pass as <see cref="TransferReviewQuery.After"/> for the next page; <see langword="null"/> on the last
/// page.</param>
public sealed record TransferReviewPage(IReadOnlyList<TransferReview> Reviews, ClaimId? Next);
