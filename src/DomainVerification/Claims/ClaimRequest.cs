using System.Collections.ObjectModel;

namespace DomainVerification;

/// <summary>A request for a domain.</summary>
/// <param name="Owner">
/// The host's identifier of the tenant that asks, never from the request's body: 1 to 256 characters of well-formed UTF-16, not blank,
/// without U+0000; <see cref="IDomainClaimManager.RequestAsync"/> throws an <see cref="ArgumentException"/> where it is not.
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

    /// <summary>
    /// Refuses the request with <c>domain_held</c> while another owner holds the domain, also where the owner has a live claim to it that
    /// does not hold: for a call that is to add a domain that nobody has, beside another one that is to take a domain over. It tells whoever
    /// asks that the domain is taken. Where many may hold a domain (<see cref="DomainExclusivity.Shared"/>) it refuses nothing. To refuse
    /// every request for a held domain, set the profile's <see cref="TakeoverRule.RefuseRequests"/>.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RefuseHeld { get; init; }

    /// <summary>
    /// Where a claim of the owner waits for its proof by another method than <see cref="Method"/>, moves it to this one and keeps its
    /// token, instead of refusing with <c>method_differs</c>: for a call that issues and checks at once, whose caller may try one method
    /// after the other. A token that was shown once and is not kept cannot move; that request is refused as ever.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ChangeMethod { get; init; }

    /// <summary>Who asks, for the audit trail; a user named like the owner where <see langword="null"/>.</summary>
    public ClaimActor? Actor { get; init; }
}
