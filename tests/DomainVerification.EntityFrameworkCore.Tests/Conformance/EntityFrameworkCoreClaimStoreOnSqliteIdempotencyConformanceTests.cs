using DomainVerification.ConformanceTests;
using DomainVerification.EntityFrameworkCore.Tests.Databases;

namespace DomainVerification.EntityFrameworkCore.Tests.Conformance;

public sealed class EntityFrameworkCoreClaimStoreOnSqliteIdempotencyConformanceTests : IdempotencyStoreConformanceTests
{
    private SqliteStoreDatabase? _database;

    protected override async ValueTask<IIdempotencyStore> CreateStoreAsync() =>
        (IIdempotencyStore)(_database = await SqliteStoreDatabase.CreateAsync()).CreateStore();

    protected override ValueTask DestroyStoreAsync(IIdempotencyStore store) => _database!.DisposeAsync();
}
