namespace DomainVerification.Claims.Internal;

/// <summary>A claim as its owner may see it.</summary>
internal static class ClaimantView
{
    /// <summary>The claim without the other side of a takeover: who claims a domain never learns who holds it, or held it.</summary>
    public static DomainClaim WithoutHolder(this DomainClaim claim) =>
        claim.Transfer is { Holder: not null } transfer ? claim with { Transfer = transfer with { Holder = null } } : claim;
}
