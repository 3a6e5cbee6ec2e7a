namespace DomainVerification.Testing.Tests.Time;

public sealed class ManualTimeProviderConcurrencyTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task WaitForTimersAsync_CodeThatArmsLater_CompletesOnceArmed()
    {
        var waiting = _clock.WaitForTimersAsync(2, Deadline.Token);
        var one = Task.Delay(_second, _clock);
        Assert.False(waiting.IsCompleted);

        var two = Task.Delay(_second, _clock);

        await waiting;
        _clock.Advance(_second);
        await Task.WhenAll(one, two).WaitAsync(Deadline.Token);
    }

    [Fact]
    public async Task WaitForTimersAsync_EnoughAlready_CompletesAtOnce()
    {
        using var timer = new PeriodicTimer(_second, _clock);

        var waiting = _clock.WaitForTimersAsync(1, Deadline.Token);

        Assert.True(waiting.IsCompletedSuccessfully);
        await waiting;
    }

    [Fact]
    public async Task WaitForTimersAsync_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        var waiting = _clock.WaitForTimersAsync(1, source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _clock.WaitForTimersAsync(1, source.Token));
    }

    [Fact]
    public async Task AdvanceAsync_WorkerThatLeavesTheThread_SeesEveryTickAtItsTime()
    {
        using var stop = new CancellationTokenSource();
        var ticks = new List<TimeSpan>();
        var worker = WorkAsync(ticks, stop.Token);
        await _clock.WaitForTimersAsync(1, Deadline.Token);

        await _clock.AdvanceAsync(TimeSpan.FromDays(7), token => _clock.WaitForTimersAsync(1, token), Deadline.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker);
        Assert.Equal(Enumerable.Range(1, 168).Select(hour => TimeSpan.FromHours(hour)), ticks);
        Assert.Equal(ManualTimeProvider.DefaultStart.AddDays(7), _clock.GetUtcNow());
    }

    [Fact]
    public async Task AdvanceAsync_CancelledWhileSettling_StopsWhereItIs()
    {
        using var source = new CancellationTokenSource();
        using var timer = _clock.CreateTimer(_ => { }, null, _second, _second);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _clock.AdvanceAsync(10 * _second, _ => source.CancelAsync(), source.Token));

        Assert.Equal(ManualTimeProvider.DefaultStart + _second, _clock.GetUtcNow());
        _clock.Advance(_second);
        Assert.Equal(ManualTimeProvider.DefaultStart + (2 * _second), _clock.GetUtcNow());
    }

    [Fact]
    public void Advance_FromManyThreads_AddsUpAndFiresEachTimerOnce()
    {
        var fired = new int[1000];
        for (var i = 0; i < fired.Length; i++)
        {
            var due = TimeSpan.FromMilliseconds(i + 1);
            _clock.CreateTimer(index => Interlocked.Increment(ref fired[(int)index!]), i, due, Timeout.InfiniteTimeSpan);
        }

        Parallel.For(0, 100, _ => _clock.Advance(TimeSpan.FromMilliseconds(10)));

        Assert.Equal(ManualTimeProvider.DefaultStart + _second, _clock.GetUtcNow());
        Assert.All(fired, count => Assert.Equal(1, count));
    }

    [Fact]
    public void CreateAndDispose_FromManyThreads_LeavesNothingArmed()
    {
        Parallel.For(0, 10_000, i =>
        {
            using var timer = _clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(1 + (i % 7)), _second);
            timer.Change(_second, Timeout.InfiniteTimeSpan);
            if (i % 100 == 0)
            {
                _clock.Advance(TimeSpan.FromTicks(1));
            }
        });

        Assert.Equal(0, _clock.ActiveTimers);
        Assert.Null(_clock.UntilNextTimer);
    }

    private async Task WorkAsync(List<TimeSpan> ticks, CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromHours(1), _clock, stop);
            await Task.Yield();
            ticks.Add(_clock.GetUtcNow() - ManualTimeProvider.DefaultStart);
        }
    }
}
