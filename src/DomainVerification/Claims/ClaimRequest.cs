namespace DomainVerification;

/// <summary>A request for a domain.</summary>
/// <param name="Owner">
/// The host's identifier of the tenant that asks, never from the request's body: 1 to 256 characters of well-formed UTF-16, not blank;
/// <see cref="IDomainClaimManager.RequestAsync"/> throws an <see cref="ArgumentException"/> where it is not.
/// </param>
/// <param name="Domain">The domain as the customer typed it; see <see cref="DomainName"/> for what is accepted.</param>
public sealed record ClaimRequest(string Owner, string Domain)
{
    /// <summary>The profile whose rules apply; empty for the default profile.</summary>
    public string Profile { get; init; } = string.Empty;

    /// <summary>How the proof is to be published; the profile's first method where <see langword="null"/>.</summary>
    public ProofMethod? Method { get; init; }

    /// <summary>Who asks, for the audit trail; a user named like the owner where <see langword="null"/>.</summary>
    public ClaimActor? Actor { get; init; }
}
