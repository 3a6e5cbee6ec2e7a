using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore;

/// <summary>
/// Tells the endpoints whom a request acts for. The default reads the claims of the signed-in user that
/// <see cref="DomainVerificationWebOptions.OwnerClaimTypes"/> and <see cref="DomainVerificationWebOptions.ActorClaimTypes"/> name;
/// replace it with <c>UseClaimantAccessor</c> where the host knows better. Asked once a request, from the request's own services.
/// </summary>
public interface IClaimantAccessor
{
    /// <summary>
    /// The owner and the actor of a request to the endpoints of owners; <see langword="null"/> where the request acts for nobody, which is
    /// answered with 403 and <c>claimant_unknown</c>.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The operator that a request to the endpoints of reviews comes from; <see langword="null"/> where it cannot be named, which is
    /// answered with 403 and <c>claimant_unknown</c>.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken);
}
