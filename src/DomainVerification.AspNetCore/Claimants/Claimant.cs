using DomainVerification.AspNetCore.Claimants.Internal;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore;

/// <summary>
/// On whose behalf a request acts, and who sent it. Made by the host, never from what the request's body says. Handlers of the host's own
/// can take it as a parameter; let their policy <c>RequireClaimant</c>, so that who acts for nobody is answered with 403.
/// </summary>
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

    /// <summary>
    /// Makes the parameter of a handler: whom the host's <see cref="IClaimantAccessor"/> names, asked once a request;
    /// <see langword="null"/> where it names nobody, which is 400 for a parameter that must not be.
    /// </summary>
    /// <param name="context">The request.</param>
    public static ValueTask<Claimant?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return RequestClaimants.FindClaimantAsync(context);
    }
}
