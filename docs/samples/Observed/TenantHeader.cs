using DomainVerification;
using DomainVerification.AspNetCore;

namespace Observed;

/// <summary>Takes the tenant from a header or a cookie. Anybody can send them, so this is for the sample only.</summary>
internal sealed class TenantHeader : IClaimantAccessor
{
    public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var tenant = context.Request.Headers["X-Tenant"] is [{ Length: > 0 } sent] ? sent : context.Request.Cookies["tenant"];
        return ValueTask.FromResult(string.IsNullOrWhiteSpace(tenant) ? null : new Claimant(tenant));
    }

    public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ClaimActor?>(null);
}
