using DomainVerification;
using DomainVerification.ConformanceTests;

namespace CustomStore.Tests;

public sealed class SqliteClaimStoreConformanceTests : ClaimStoreConformanceTests, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    protected override async ValueTask<IClaimStore> CreateStoreAsync() => await _database.OpenAsync();

    protected override async ValueTask<IClaimStore?> ReopenStoreAsync(IClaimStore store) => await _database.OpenAsync();

    public void Dispose() => _database.Delete();
}
