namespace DomainVerification.AspNetCore;

/// <summary>On whose behalf a request acts, and who sent it. Made by the host, never from what the request's body says.</summary>
public sealed record Claimant
{
    /// <summary>Names the owner and the actor.</summary>
    /// <param name="owner">The tenant: 1 to 256 characters of well-formed UTF-16, not blank, without U+0000.</param>
    /// <param name="actor">Who acts, for the audit trail; a user named like the owner where <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">The owner is not as it must be.</exception>
    public Claimant(string owner, ClaimActor? actor = null)
    {
        // One rule holds for the identifiers of owners and of actors.
        var user = ClaimActor.User(owner);
        Owner = owner;
        Actor = actor ?? user;
    }

    /// <summary>The host's identifier of the tenant.</summary>
    public string Owner { get; }

    /// <summary>Who acts, for the audit trail.</summary>
    public ClaimActor Actor { get; }
}
