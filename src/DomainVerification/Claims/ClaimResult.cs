using DomainVerification.Claims.Internal;

namespace DomainVerification;

/// <summary>How a call of <see cref="IDomainClaimManager"/> ended.</summary>
public enum ClaimResultStatus
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It was so already; nothing changed.</summary>
    Unchanged,

    /// <summary>The check was answered, and the proof is not published. The report says what was seen.</summary>
    NotProved,

    /// <summary>The check could not be answered. Ask again later.</summary>
    Inconclusive,

    /// <summary>The request is not allowed as it is; nothing changed.</summary>
    Refused,

    /// <summary>The owner has no such claim.</summary>
    NotFound,

    /// <summary>Somebody else was faster; nothing changed. Read again and decide anew.</summary>
    Conflict,
}

/// <summary>What a call of <see cref="IDomainClaimManager"/> came to.</summary>
public sealed record ClaimResult
{
    private ClaimResult(ClaimResultStatus status) => Status = status;

    /// <summary>How the call ended.</summary>
    public ClaimResultStatus Status { get; }

    /// <summary>
    /// The claim as it is now, where there is one that the owner may see. Its <see cref="DomainClaim.Transfer"/> names no holder.
    /// </summary>
    public DomainClaim? Claim { get; private init => field = value?.WithoutHolder(); }

    /// <summary>Why it is not done; <see langword="null"/> when it is, or was already.</summary>
    public DomainVerificationError? Error { get; private init; }

    /// <summary>What the customer must publish, where the token can be shown.</summary>
    public ChallengeInstructions? Instructions { get; init; }

    /// <summary>What a check saw, where one was made.</summary>
    public ProofReport? Report { get; init; }

    /// <summary>
    /// After what time the same call may come to something else, where a limit refused it (<c>check_rate_limited</c>); otherwise
    /// <see langword="null"/>, and <see cref="Report"/> says when a check that was made is worth repeating.
    /// </summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The claim of a call that is done; throws where it is not.</summary>
    /// <exception cref="InvalidOperationException">The call was not done; the message has the code of its error.</exception>
    public DomainClaim RequireClaim() =>
        Error is null && Claim is { } claim ? claim : throw new InvalidOperationException($"The call ended with {Error}.");

    internal static ClaimResult Done(DomainClaim claim) => new(ClaimResultStatus.Done) { Claim = claim };

    internal static ClaimResult Unchanged(DomainClaim claim) => new(ClaimResultStatus.Unchanged) { Claim = claim };

    internal static ClaimResult Failed(ClaimResultStatus status, DomainVerificationError error, DomainClaim? claim = null) =>
        new(status) { Error = error, Claim = claim };

    internal static ClaimResult Refused(DomainVerificationError error, DomainClaim? claim = null, TimeSpan? retryAfter = null) =>
        new(ClaimResultStatus.Refused) { Error = error, Claim = claim, RetryAfter = retryAfter };
}
