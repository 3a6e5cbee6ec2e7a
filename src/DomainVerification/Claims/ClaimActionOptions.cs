namespace DomainVerification;

/// <summary>Who acts on a claim, and on which state of it.</summary>
public sealed record ClaimActionOptions
{
    /// <summary>Who acts, for the audit trail; a user named like the owner where <see langword="null"/>.</summary>
    public ClaimActor? Actor { get; init; }

    /// <summary>
    /// The <see cref="DomainClaim.Version"/> that the caller has seen. The action is refused with <c>version_conflict</c> where the claim
    /// has changed since, and each check changes it, the worker's included; <see langword="null"/> acts on whatever state there is.
    /// </summary>
    public long? ExpectedVersion { get; init; }
}
