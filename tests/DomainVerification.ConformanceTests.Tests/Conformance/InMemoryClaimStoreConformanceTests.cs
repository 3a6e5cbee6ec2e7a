namespace DomainVerification.ConformanceTests.Tests.Conformance;

public sealed class InMemoryClaimStoreConformanceTests : ClaimStoreConformanceTests
{
    protected override IReadOnlyList<MissingCapability> Lacks =>
        [new(StoreCapability.SeveralInstances, "It lives in the memory of one process.")];

    protected override ValueTask<IClaimStore> CreateStoreAsync() => new(new InMemoryClaimStore());
}
