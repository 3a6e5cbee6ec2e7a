using DomainVerification;
using DomainVerification.ConformanceTests;

namespace CustomStore.Tests;

public sealed class SqliteClaimStoreIdempotencyConformanceTests : IdempotencyStoreConformanceTests, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    protected override async ValueTask<IIdempotencyStore> CreateStoreAsync() => await _database.OpenAsync();

    public void Dispose() => _database.Delete();
}
