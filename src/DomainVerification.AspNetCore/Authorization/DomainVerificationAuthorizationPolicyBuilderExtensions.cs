using DomainVerification.AspNetCore;
using DomainVerification.AspNetCore.Claimants.Internal;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>Policies for endpoints of the host's own that act for owners.</summary>
public static class DomainVerificationAuthorizationPolicyBuilderExtensions
{
    /// <summary>
    /// Lets in only who acts for somebody: requests for which the host's <see cref="IClaimantAccessor"/> names a claimant. Others are
    /// forbidden before the handler runs, so that it can take the <see cref="Claimant"/> as a parameter.
    /// </summary>
    /// <param name="policy">The policy.</param>
    public static AuthorizationPolicyBuilder RequireClaimant(this AuthorizationPolicyBuilder policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.RequireAssertion(async context =>
            context.Resource is HttpContext http && await RequestClaimants.FindClaimantAsync(http).ConfigureAwait(false) is not null);
    }
}
