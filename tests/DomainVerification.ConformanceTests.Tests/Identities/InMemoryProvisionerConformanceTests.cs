namespace DomainVerification.ConformanceTests.Tests.Identities;

public sealed class InMemoryProvisionerConformanceTests : IdentityProvisionerConformanceTests
{
    private readonly InMemoryProvisioner _provisioner = new();

    protected override ValueTask<IIdentityProvisioner> CreateProvisionerAsync() => new(_provisioner);

    protected override ValueTask<IReadOnlyCollection<string>> ListAsync(DomainName domain) => new(_provisioner.List(domain));
}
