using DomainVerification.Testing;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Tests.Work;

public class IdempotencySweeperTests
{
    private static readonly TimeSpan RealDeadline = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly ExpiringStore _store = new();

    [Fact]
    public async Task RunOnce_FewExpired_ComesAgainAnHourLater()
    {
        var sweeper = new IdempotencySweeper(_store, _clock);
        _store.OnDelete = () => 3;
        var first = _clock.GetUtcNow();

        Assert.Equal(3, await sweeper.RunOnceAsync(default));
        _clock.Advance(IdempotencySweeper.Interval - TimeSpan.FromTicks(1));
        Assert.Equal(0, await sweeper.RunOnceAsync(default));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(3, await sweeper.RunOnceAsync(default));

        Assert.Equal([(first, IdempotencySweeper.BatchSize), (_clock.GetUtcNow(), IdempotencySweeper.BatchSize)], _store.Calls);
    }

    [Fact]
    public async Task RunOnce_BatchIsFull_ComesAgainNextRound()
    {
        var sweeper = new IdempotencySweeper(_store, _clock);
        _store.OnDelete = () => _store.Calls.Count == 1 ? IdempotencySweeper.BatchSize : 1;

        Assert.Equal(IdempotencySweeper.BatchSize, await sweeper.RunOnceAsync(default));
        Assert.Equal(1, await sweeper.RunOnceAsync(default));
        Assert.Equal(0, await sweeper.RunOnceAsync(default));
    }

    [Fact]
    public async Task RunOnce_StoreIsDown_IsNotAskedAgainEachRound()
    {
        var sweeper = new IdempotencySweeper(_store, _clock);
        _store.OnDelete = () => throw new IOException("The disk is gone.");

        await Assert.ThrowsAsync<IOException>(() => sweeper.RunOnceAsync(default));
        _store.OnDelete = () => 2;

        Assert.Equal(0, await sweeper.RunOnceAsync(default));
        _clock.Advance(IdempotencySweeper.Interval);
        Assert.Equal(2, await sweeper.RunOnceAsync(default));
    }

    [Fact]
    public async Task Worker_InAHost_SweepsAndOutlivesAFault()
    {
        var swept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.OnDelete = () =>
        {
            if (_store.Calls.Count == 1)
            {
                throw new IOException("The disk is gone.");
            }

            swept.SetResult();
            return 0;
        };
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<IIdempotencyStore>(_store);
        builder.Services.AddDomainVerification();
        using var host = builder.Build();
        await host.StartAsync();
        using var deadline = new CancellationTokenSource(RealDeadline);
        await _clock.WaitForTimersAsync(1, deadline.Token);
        Assert.Single(_store.Calls);

        _clock.Advance(IdempotencySweeper.Interval);

        await swept.Task.WaitAsync(RealDeadline);
        await host.StopAsync(deadline.Token);
    }

    /// <summary>A store of which nothing is asked but to delete what has expired.</summary>
    private sealed class ExpiringStore : IIdempotencyStore
    {
        public Func<int> OnDelete { get; set; } = () => 0;

        public List<(DateTimeOffset Now, int Maximum)> Calls { get; } = [];

        public ValueTask<int> DeleteExpiredAsync(DateTimeOffset now, int maximum, CancellationToken cancellationToken)
        {
            Calls.Add((now, maximum));
            return ValueTask.FromResult(OnDelete());
        }

        public ValueTask<IdempotencyAnswer> BeginAsync(IdempotencyRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IdempotencySettlement> CompleteAsync(IdempotencyCompletion completion, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IdempotencySettlement> AbandonAsync(IdempotencyKey key, Guid run, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
