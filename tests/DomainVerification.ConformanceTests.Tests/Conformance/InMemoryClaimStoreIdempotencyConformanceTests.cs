namespace DomainVerification.ConformanceTests.Tests.Conformance;

public sealed class InMemoryClaimStoreIdempotencyConformanceTests : IdempotencyStoreConformanceTests
{
    protected override ValueTask<IIdempotencyStore> CreateStoreAsync() => new(new InMemoryClaimStore());
}
