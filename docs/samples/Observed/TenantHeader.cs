using DomainVerification;
using DomainVerification.AspNetCore;

namespace Observed;

/// <summary>Takes the tenant from a header. Anybody can send it, so this is for the sample only.</summary>
internal sealed class TenantHeader : IClaimantAccessor
{
    public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(context.Request.Headers["X-Tenant"] is [{ Length: > 0 } tenant] ? new Claimant(tenant) : null);

    public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ClaimActor?>(null);
}
