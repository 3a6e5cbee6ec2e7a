using DomainVerification.ConformanceTests;
using DomainVerification.EntityFrameworkCore.Tests.Databases;

namespace DomainVerification.EntityFrameworkCore.Tests.Conformance;

public sealed class EntityFrameworkCoreClaimStoreOnPostgreSqlConformanceTests : ClaimStoreConformanceTests
{
    private PostgresStoreDatabase? _database;

    protected override string? SkipReason => PostgresServer.SkipReason;

    protected override async ValueTask<IClaimStore> CreateStoreAsync() =>
        (_database = await PostgresStoreDatabase.CreateAsync()).CreateStore();

    protected override ValueTask<IClaimStore?> ReopenStoreAsync(IClaimStore store) => new(_database!.CreateStore());

    protected override ValueTask DestroyStoreAsync(IClaimStore store) => _database!.DisposeAsync();
}
