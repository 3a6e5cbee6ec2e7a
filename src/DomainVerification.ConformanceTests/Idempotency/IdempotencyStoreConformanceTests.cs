using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

/// <summary>
/// The contract of <see cref="IIdempotencyStore"/>. Derive a class that makes your store, and inherit the facts; each one that fails tells
/// what the contract says, where it says it, and what your store did.
/// </summary>
/// <remarks>
/// Every fact works on a store of its own, which must be empty. A store that keeps claims too takes <see cref="ClaimCommit.Completed"/>:
/// <see cref="ClaimStoreConformanceTests"/> asks for that. See <c>docs/custom-store.md</c>.
/// </remarks>
public abstract partial class IdempotencyStoreConformanceTests : ConformanceSuite
{
    private IIdempotencyStore? _store;

    /// <summary>Makes the store that a fact works on: empty, and shared with no other.</summary>
    protected abstract ValueTask<IIdempotencyStore> CreateStoreAsync();

    /// <summary>Puts away the store and its medium, once for each fact. Disposes the store unless overridden.</summary>
    /// <param name="store">What <see cref="CreateStoreAsync"/> made.</param>
    protected virtual ValueTask DestroyStoreAsync(IIdempotencyStore store) => DisposeOfAsync(store);

    /// <summary>How many callers race in the parallel facts. Lower it for a medium that takes few connections, never below 2.</summary>
    protected virtual int ParallelCallers => 32;

    /// <summary>How often a race is run: more finds rarer faults.</summary>
    protected virtual int Rounds => 10;

    private IIdempotencyStore Store => _store ?? throw new InvalidOperationException("The store is made by InitializeAsync.");

    private protected override async Task SetUpAsync() => _store = await CreateStoreAsync();

    private protected override async Task TearDownAsync()
    {
        if (_store is not null)
        {
            await DestroyStoreAsync(_store);
        }
    }

    /// <summary>A request with the key of another one, as a client that tries again sends it.</summary>
    private static IdempotencyRequest Again(int key, int run, TimeSpan after = default) =>
        Sample.Request(key) with { Run = Sample.RunId(run), Now = Sample.Now + after };

    private static IdempotencyCompletion Completion(int key, int run, byte[]? outcome = null) =>
        new(Sample.Key(key), Sample.RunId(run), outcome ?? [1, 2, 3]);

    private async Task StartAsync(IdempotencyRequest request) => await AssertAnswerAsync(request, Started(request));

    private static IdempotencyAnswer Started(IdempotencyRequest request) =>
        new(IdempotencyStatus.Started, default, request.Now + request.LeaseDuration);

    private async Task AssertAnswerAsync(IdempotencyRequest request, IdempotencyAnswer expected) =>
        FieldList.AssertSame(expected, await Store.BeginAsync(request, default));

    private async Task CompleteAsync(IdempotencyCompletion completion) =>
        Assert.Equal(IdempotencySettlement.Settled, await Store.CompleteAsync(completion, default));

    private async Task AbandonAsync(int key, int run) =>
        Assert.Equal(IdempotencySettlement.Settled, await Store.AbandonAsync(Sample.Key(key), Sample.RunId(run), default));

    private async Task AssertNotRunningAsync(int key, int run)
    {
        Assert.Equal(IdempotencySettlement.NotRunning, await Store.CompleteAsync(Completion(key, run, [9]), default));
        Assert.Equal(IdempotencySettlement.NotRunning, await Store.AbandonAsync(Sample.Key(key), Sample.RunId(run), default));
    }
}
