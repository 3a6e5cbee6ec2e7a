using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Tests.Registration;

/// <summary>Where what provisioners keep goes.</summary>
public sealed class HoldingStoreRegistrationTests
{
    [Fact]
    public void NothingSaid_RecordsAreWithTheClaimsInMemory()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification();
        services.AddDomainVerification();
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<IClaimStore>(), Assert.Single(provider.GetServices<IHoldingStore>()));
    }

    [Fact]
    public void UseClaimStore_ThatKeepsRecordsToo_IsBoth()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification().UseHoldingStore<Elsewhere>().UseClaimStore<InMemoryClaimStore>();
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<IClaimStore>(), Assert.Single(provider.GetServices<IHoldingStore>()));
    }

    [Fact]
    public void UseHoldingStore_OfItsOwn_Replaces()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification().UseHoldingStore<Elsewhere>();
        services.AddDomainVerification();
        using var provider = services.BuildServiceProvider();

        Assert.IsType<Elsewhere>(Assert.Single(provider.GetServices<IHoldingStore>()));
        Assert.IsType<InMemoryClaimStore>(provider.GetRequiredService<IClaimStore>());
    }

    private sealed class Elsewhere : IHoldingStore
    {
        public ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
            string provisioner,
            LeaseRequest request,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
