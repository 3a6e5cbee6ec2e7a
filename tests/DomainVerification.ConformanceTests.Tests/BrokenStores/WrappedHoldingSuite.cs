namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>The suite over a store of a test's choice. Run by <see cref="SuiteRunner"/>, so xunit must not find it.</summary>
internal sealed class WrappedHoldingSuite(Func<IHoldingStore> create) : HoldingStoreConformanceTests
{
    protected override IReadOnlyList<MissingCapability> Lacks =>
        [new(StoreCapability.SeveralInstances, "It lives in the memory of one process.")];

    protected override ValueTask<IHoldingStore> CreateStoreAsync() => new(create());
}
