using DomainVerification.ConformanceTests;
using DomainVerification.EntityFrameworkCore.Tests.Databases;

namespace DomainVerification.EntityFrameworkCore.Tests.Conformance;

public sealed class EntityFrameworkCoreClaimStoreOnSqliteConformanceTests : ClaimStoreConformanceTests
{
    private SqliteStoreDatabase? _database;

    protected override async ValueTask<IClaimStore> CreateStoreAsync() =>
        (_database = await SqliteStoreDatabase.CreateAsync()).CreateStore();

    protected override ValueTask<IClaimStore?> ReopenStoreAsync(IClaimStore store) => new(_database!.CreateStore());

    protected override ValueTask DestroyStoreAsync(IClaimStore store) => _database!.DisposeAsync();
}
