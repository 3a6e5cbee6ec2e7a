using DomainVerification.ConformanceTests.Tests.BrokenStores;

namespace DomainVerification.ConformanceTests.Tests.Conformance;

/// <summary>A store that has every capability: several instances on one medium, each of which can be disposed.</summary>
public sealed class SharedMediumStoreConformanceTests : ClaimStoreConformanceTests
{
    protected override ValueTask<IClaimStore> CreateStoreAsync() => new(new SharedMediumStore(new InMemoryClaimStore()));

    protected override ValueTask<IClaimStore?> ReopenStoreAsync(IClaimStore store) =>
        new(new SharedMediumStore(((SharedMediumStore)store).Medium));
}

/// <summary>An instance on a medium that others work on too.</summary>
internal sealed class SharedMediumStore(InMemoryClaimStore medium) : WrappedStore, IDisposable
{
    private bool _isDisposed;

    public InMemoryClaimStore Medium => medium;

    protected override InMemoryClaimStore Inner
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return medium;
        }
    }

    public void Dispose() => _isDisposed = true;
}
