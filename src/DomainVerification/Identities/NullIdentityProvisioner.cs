namespace DomainVerification;

/// <summary>
/// Makes nothing. The default: a domain is then <see cref="ClaimStatus.Claimed"/> as soon as it is held, without a step in between.
/// </summary>
public sealed class NullIdentityProvisioner : IIdentityProvisioner
{
    /// <inheritdoc/>
    public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ProvisionResult.Done());

    /// <inheritdoc/>
    public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ProvisionResult.Done());
}
