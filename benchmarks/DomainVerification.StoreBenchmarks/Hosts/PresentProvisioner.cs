namespace DomainVerification.StoreBenchmarks.Hosts;

/// <summary>A provisioner that is there, so that what holds or loses a domain is put into the outbox; no worker runs to ask it.</summary>
internal sealed class PresentProvisioner : IIdentityProvisioner
{
    public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ProvisionResult.Done());

    public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ProvisionResult.Done());
}
