namespace DomainVerification.ConformanceTests;

/// <summary>What the suites of stores have in common. Derive from one of them, never from this class.</summary>
/// <typeparam name="TStore">The interface whose contract the suite holds a store to.</typeparam>
public abstract class StoreConformanceSuite<TStore> : ConformanceSuite
    where TStore : class
{
    private readonly List<TStore> _reopened = [];
    private TStore? _store;

    private protected StoreConformanceSuite()
    {
    }

    /// <summary>Makes the store that a fact works on: empty, and shared with no other.</summary>
    protected abstract ValueTask<TStore> CreateStoreAsync();

    /// <summary>
    /// Opens the medium of a store once more, as another process would: nothing may pass from one instance to the other but through the
    /// medium. <see langword="null"/>, the default, where that cannot be; then <see cref="Lacks"/> must say why.
    /// </summary>
    /// <param name="store">What <see cref="CreateStoreAsync"/> made.</param>
    protected virtual ValueTask<TStore?> ReopenStoreAsync(TStore store) => default;

    /// <summary>
    /// Puts away the store and its medium, once for each fact, after all that was reopened was disposed. Disposes the store unless
    /// overridden.
    /// </summary>
    /// <param name="store">What <see cref="CreateStoreAsync"/> made.</param>
    protected virtual ValueTask DestroyStoreAsync(TStore store) => DisposeOfAsync(store);

    /// <summary>What the store does without, and why. Nothing unless overridden.</summary>
    protected virtual IReadOnlyList<MissingCapability> Lacks => [];

    /// <summary>How many callers race in the parallel facts. Lower it for a medium that takes few connections, never below 2.</summary>
    protected virtual int ParallelCallers => 32;

    /// <summary>How often a race is run: more finds rarer faults.</summary>
    protected virtual int Rounds => 10;

    /// <summary>The store of this fact.</summary>
    private protected TStore Store => _store ?? throw new InvalidOperationException("The store is made by InitializeAsync.");

    private protected override async Task SetUpAsync() => _store = await CreateStoreAsync();

    private protected override async Task TearDownAsync()
    {
        foreach (var store in _reopened)
        {
            await DisposeOfAsync(store);
        }

        if (_store is not null)
        {
            await DestroyStoreAsync(_store);
        }
    }

    /// <summary>Ends the fact where the store states that it lacks the capability.</summary>
    private protected void Require(StoreCapability capability)
    {
        if (Lacks.FirstOrDefault(lack => lack.Capability == capability) is { } lack)
        {
            throw new ContractSkippedException($"{Store.GetType().Name} lacks {capability}: {lack.Reason}");
        }
    }

    /// <summary>A second instance on the medium of the store.</summary>
    private protected async Task<TStore> ReopenAsync()
    {
        Require(StoreCapability.SeveralInstances);
        var reopened = await ReopenStoreAsync(Store);
        Assert.True(
            reopened is not null,
            $"Override {nameof(ReopenStoreAsync)}, or state in {nameof(Lacks)} why {Store.GetType().Name} lacks SeveralInstances.");
        _reopened.Add(reopened);
        return reopened;
    }

    /// <summary>The instances that callers of a race are spread over: two where the store can have several.</summary>
    private protected async Task<TStore[]> InstancesAsync()
    {
        if (await ReopenStoreAsync(Store) is not { } second)
        {
            return [Store];
        }

        _reopened.Add(second);
        return [Store, second];
    }
}
