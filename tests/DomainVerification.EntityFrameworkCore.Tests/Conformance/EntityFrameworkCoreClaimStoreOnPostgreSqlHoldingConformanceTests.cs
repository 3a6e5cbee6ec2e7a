using DomainVerification.ConformanceTests;
using DomainVerification.EntityFrameworkCore.Tests.Databases;

namespace DomainVerification.EntityFrameworkCore.Tests.Conformance;

public sealed class EntityFrameworkCoreClaimStoreOnPostgreSqlHoldingConformanceTests : HoldingStoreConformanceTests
{
    private PostgresStoreDatabase? _database;

    protected override string? SkipReason => PostgresServer.SkipReason;

    protected override async ValueTask<IHoldingStore> CreateStoreAsync() =>
        (IHoldingStore)(_database = await PostgresStoreDatabase.CreateAsync()).CreateStore();

    protected override ValueTask<IHoldingStore?> ReopenStoreAsync(IHoldingStore store) => new((IHoldingStore)_database!.CreateStore());

    protected override ValueTask DestroyStoreAsync(IHoldingStore store) => _database!.DisposeAsync();
}
