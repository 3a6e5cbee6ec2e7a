using DomainVerification.Claims.Internal;

namespace DomainVerification;

/// <summary>A person's decision about a takeover.</summary>
/// <param name="Actor">Who decides, for the audit trail.</param>
/// <param name="ExpectedVersion">
/// The <see cref="TransferReview.Version"/> that the decision is about; for an undo the <see cref="DomainClaim.Version"/> of the claim, or
/// <see langword="null"/> for whatever state there is.
/// </param>
/// <param name="Reason">
/// Why, in the reviewer's words: at most 1,024 characters of well-formed UTF-16 without U+0000. The owner whose claim is decided about can
/// read it; that of an undo both owners, so it must name neither.
/// </param>
/// <exception cref="ArgumentException">There is no actor, or the reason is not as it must be.</exception>
public sealed record TransferReviewDecision(ClaimActor Actor, long? ExpectedVersion, string? Reason = null)
{
    /// <summary>Who decides, for the audit trail.</summary>
    /// <exception cref="ArgumentNullException">There is none.</exception>
    public ClaimActor Actor { get; init => field = value ?? throw new ArgumentNullException(nameof(Actor)); } =
        Actor ?? throw new ArgumentNullException(nameof(Actor));

    /// <summary>The length of the longest reason, in characters.</summary>
    public const int MaximumReasonLength = 1024;

    /// <summary>Why, in the reviewer's words; see the constructor.</summary>
    /// <exception cref="ArgumentException">The reason is not as it must be.</exception>
    public string? Reason { get; init => field = Require(value); } = Require(Reason);

    private static string? Require(string? reason) => reason switch
    {
        null => null,
        { Length: > MaximumReasonLength } =>
            throw new ArgumentException($"A reason has at most {MaximumReasonLength} characters.", nameof(reason)),
        _ => HostIdentifier.RequireText(reason, nameof(reason)),
    };
}

/// <summary>How a decision about a takeover ended.</summary>
public enum TransferReviewStatus
{
    /// <summary>It is decided.</summary>
    Done,

    /// <summary>The decision is not allowed; nothing changed.</summary>
    Refused,

    /// <summary>There is no such case.</summary>
    NotFound,

    /// <summary>Somebody else was faster; nothing changed. Read the case again and decide anew.</summary>
    Conflict,
}

/// <summary>What a decision about a takeover came to.</summary>
public sealed record TransferReviewResult
{
    private TransferReviewResult(TransferReviewStatus status) => Status = status;

    /// <summary>How it ended.</summary>
    public TransferReviewStatus Status { get; }

    /// <summary>The claim that was decided about, as it is now; <see langword="null"/> where there is none.</summary>
    public DomainClaim? Claim { get; private init; }

    /// <summary>For an undo that is done: the claim of the former holder that holds now.</summary>
    public DomainClaim? Restored { get; private init; }

    /// <summary>Why it is not done; <see langword="null"/> when it is.</summary>
    public DomainVerificationError? Error { get; private init; }

    internal static TransferReviewResult Done(DomainClaim claim, DomainClaim? restored = null) =>
        new(TransferReviewStatus.Done) { Claim = claim, Restored = restored };

    internal static TransferReviewResult Failed(TransferReviewStatus status, DomainVerificationError error, DomainClaim? claim = null) =>
        new(status) { Error = error, Claim = claim };
}
