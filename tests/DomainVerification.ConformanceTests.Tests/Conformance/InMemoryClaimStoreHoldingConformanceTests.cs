namespace DomainVerification.ConformanceTests.Tests.Conformance;

public sealed class InMemoryClaimStoreHoldingConformanceTests : HoldingStoreConformanceTests
{
    protected override IReadOnlyList<MissingCapability> Lacks =>
        [new(StoreCapability.SeveralInstances, "It lives in the memory of one process.")];

    protected override ValueTask<IHoldingStore> CreateStoreAsync() => new(new InMemoryClaimStore());
}
