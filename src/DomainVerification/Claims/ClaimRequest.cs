using System.Collections.ObjectModel;

namespace DomainVerification;

/// <summary>A request for a domain.</summary>
/// <param name="Owner">
/// The host's identifier of the tenant that asks, never from the request's body: 1 to 256 characters of well-formed UTF-16, not blank, without U+0000;
/// <see cref="IDomainClaimManager.RequestAsync"/> throws an <see cref="ArgumentException"/> where it is not.
/// </param>
/// <param name="Domain">The domain as the customer typed it; see <see cref="DomainName"/> for what is accepted.</param>
public sealed record ClaimRequest(string Owner, string Domain)
{
    /// <summary>The profile whose rules apply; empty for the default profile.</summary>
    public string Profile { get; init; } = string.Empty;

    /// <summary>How the proof is to be published; the profile's first method where <see langword="null"/>.</summary>
    public ProofMethod? Method { get; init; }

    /// <summary>
    /// What the host keeps with the claim, see <see cref="DomainClaim.Properties"/>; nothing by default. A request that finds a live claim
    /// leaves the properties of that claim alone. <see cref="IDomainClaimManager.RequestAsync"/> throws an <see cref="ArgumentException"/>
    /// where there are too many, or one is too long or no text that every database can keep.
    /// </summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Who asks, for the audit trail; a user named like the owner where <see langword="null"/>.</summary>
    public ClaimActor? Actor { get; init; }
}
