using DomainVerification;
using DomainVerification.ConformanceTests;

namespace CustomStore.Tests;

public sealed class SqliteClaimStoreHoldingConformanceTests : HoldingStoreConformanceTests, IDisposable
{
    private readonly TemporaryDatabase _database = new();

    protected override async ValueTask<IHoldingStore> CreateStoreAsync() => await _database.OpenAsync();

    protected override async ValueTask<IHoldingStore?> ReopenStoreAsync(IHoldingStore store) => await _database.OpenAsync();

    public void Dispose() => _database.Delete();
}
