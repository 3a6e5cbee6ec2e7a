using DomainVerification.ConformanceTests;
using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Tests.Hosts;

namespace DomainVerification.Email.Tests.Identities;

/// <summary>The kit's contract. The kit knows no claims, so what it asks for is first told to them, as the workflow does.</summary>
public sealed class EmailProvisionerConformanceTests : IdentityProvisionerConformanceTests
{
    private WatchedHoldingStore _records = new(new InMemoryClaimStore());

    protected override ValueTask<IIdentityProvisioner> CreateProvisionerAsync()
    {
        var world = new EmailWorld(realKeys: true);
        _records = world.Records;
        return ValueTask.FromResult<IIdentityProvisioner>(new BehindClaims(world));
    }

    protected override ValueTask<IReadOnlyCollection<string>> ListAsync(DomainName domain) => new(
    [
        .. _records.All
            .Where(record => record.Domain == domain)
            .SelectMany(record => EmailHoldingJson.Read(record).Identities)
            .Select(identity => identity.Id),
    ]);

    protected override bool IsCommon(IdentityRecord record) => record.Value == EmailWorld.Spf;

    /// <summary>Lets a claim hold with the epoch that is asked for, unless a higher one was seen for the domain.</summary>
    private sealed class BehindClaims(EmailWorld world) : IIdentityProvisioner, IAsyncDisposable
    {
        public async Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken)
        {
            await world.HoldAtAsync(request);
            return await world.Provisioner.ProvisionAsync(request, cancellationToken);
        }

        public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            world.Provisioner.ReleaseAsync(request, cancellationToken);

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }
}
