using DomainVerification.Claims.Internal;

namespace DomainVerification;

/// <summary>
/// Names one claim of an owner: by its identity, or by its domain. Making one throws an <see cref="ArgumentException"/> where the owner is
/// blank, longer than 256 characters, no well-formed UTF-16, or holds U+0000.
/// </summary>
public sealed record ClaimReference
{
    private ClaimReference(string owner) => Owner = HostIdentifier.Require(owner);

    /// <summary>The owner that the claim must belong to.</summary>
    public string Owner { get; }

    /// <summary>The identity of the claim, where it is named by it.</summary>
    public ClaimId? Id { get; private init; }

    /// <summary>The domain of the claim as the customer typed it, where it is named by it: the owner's newest claim to it.</summary>
    public string? Domain { get; private init; }

    /// <summary>The profile that <see cref="Domain"/> is looked for in; empty for the default profile.</summary>
    public string Profile { get; private init; } = string.Empty;

    /// <summary>Names a claim by its identity.</summary>
    /// <param name="owner">The owner that the claim must belong to.</param>
    /// <param name="id">The identity of the claim.</param>
    public static ClaimReference To(string owner, ClaimId id) => new(owner) { Id = id };

    /// <summary>Names an owner's newest claim to a domain.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="domain">The domain as the customer typed it.</param>
    /// <param name="profile">The profile; empty for the default profile.</param>
    public static ClaimReference To(string owner, string domain, string profile = "")
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(profile);
        return new ClaimReference(owner) { Domain = domain, Profile = profile };
    }

    /// <summary>Names a claim that was read before.</summary>
    /// <param name="claim">The claim.</param>
    public static ClaimReference To(DomainClaim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return To(claim.Owner, claim.Id);
    }
}
