using DomainVerification.ConformanceTests;
using DomainVerification.EntityFrameworkCore.Tests.Databases;

namespace DomainVerification.EntityFrameworkCore.Tests.Conformance;

public sealed class EntityFrameworkCoreClaimStoreOnPostgreSqlIdempotencyConformanceTests : IdempotencyStoreConformanceTests
{
    private PostgresStoreDatabase? _database;

    protected override string? SkipReason => PostgresServer.SkipReason;

    protected override async ValueTask<IIdempotencyStore> CreateStoreAsync() =>
        (IIdempotencyStore)(_database = await PostgresStoreDatabase.CreateAsync()).CreateStore();

    protected override ValueTask DestroyStoreAsync(IIdempotencyStore store) => _database!.DisposeAsync();
}
