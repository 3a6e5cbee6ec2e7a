namespace DomainVerification.Testing.Tests.Time;

public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Constructor_NoStart_ShowsTheFixedDate()
    {
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), _clock.GetUtcNow());
        Assert.Equal(TimeZoneInfo.Utc, _clock.LocalTimeZone);
        Assert.Equal(_clock.GetUtcNow(), _clock.GetLocalNow());
    }

    [Fact]
    public void Constructor_StartWithOffset_KeepsTheInstantAsUtc()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 6, 1, 2, 0, 0, TimeSpan.FromHours(2)));

        Assert.Equal(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow().Offset);
    }

    [Fact]
    public void Advance_SevenDays_MovesWallClockAndTimestampAlike()
    {
        var before = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromDays(7));

        Assert.Equal(ManualTimeProvider.DefaultStart.AddDays(7), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(7), _clock.GetElapsedTime(before));
    }

    [Fact]
    public void Advance_Negative_ThrowsAndChangesNothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(-_second));

        Assert.Equal(ManualTimeProvider.DefaultStart, _clock.GetUtcNow());
    }

    [Fact]
    public void Advance_PastTheLastDate_ThrowsAndChangesNothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.MaxValue));

        _clock.Advance(_second);
        Assert.Equal(ManualTimeProvider.DefaultStart + _second, _clock.GetUtcNow());
    }

    [Fact]
    public void SetUtcNow_LaterInstant_FiresTimersOnTheWay()
    {
        var firedAt = default(DateTimeOffset);
        using var timer = _clock.CreateTimer(_ => firedAt = _clock.GetUtcNow(), null, _second, Timeout.InfiniteTimeSpan);

        _clock.SetUtcNow(ManualTimeProvider.DefaultStart.AddDays(1));

        Assert.Equal(ManualTimeProvider.DefaultStart + _second, firedAt);
        Assert.Equal(ManualTimeProvider.DefaultStart.AddDays(1), _clock.GetUtcNow());
    }

    [Fact]
    public void SetUtcNow_EarlierInstant_ThrowsAndChangesNothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.SetUtcNow(ManualTimeProvider.DefaultStart - _second));

        Assert.Equal(ManualTimeProvider.DefaultStart, _clock.GetUtcNow());
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void StepUtcNow_MovesTheWallClockOnly(int seconds)
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, _second, Timeout.InfiniteTimeSpan);
        var before = _clock.GetTimestamp();

        _clock.StepUtcNow(TimeSpan.FromSeconds(seconds));

        Assert.Equal(ManualTimeProvider.DefaultStart.AddSeconds(seconds), _clock.GetUtcNow());
        Assert.Equal(before, _clock.GetTimestamp());
        Assert.Equal(0, fired);
        Assert.Equal(_second, _clock.UntilNextTimer);
    }

    [Fact]
    public void Timer_NotYetDue_DoesNotFire()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, _second, Timeout.InfiniteTimeSpan);

        _clock.Advance(_second - TimeSpan.FromTicks(1));
        Assert.Equal(0, fired);
        Assert.Equal(1, _clock.ActiveTimers);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, fired);
        Assert.Equal(0, _clock.ActiveTimers);
    }

    [Fact]
    public void Timer_Periodic_FiresOncePerPeriodAtItsOwnTime()
    {
        var at = new List<TimeSpan>();
        using var timer = _clock.CreateTimer(_ => at.Add(Elapsed()), null, _second, 2 * _second);

        _clock.Advance(6 * _second);

        Assert.Equal([_second, 3 * _second, 5 * _second], at);
        Assert.Equal(_second, _clock.UntilNextTimer);
    }

    [Fact]
    public void Timer_ChangedByItsOwnCallback_FiresAgainInTheSameAdvance()
    {
        var at = new List<TimeSpan>();
        ITimer timer = null!;
        timer = _clock.CreateTimer(Fire, null, _second, Timeout.InfiniteTimeSpan);
        void Fire(object? state)
        {
            at.Add(Elapsed());
            timer.Change(2 * _second, Timeout.InfiniteTimeSpan);
        }

        _clock.Advance(5 * _second);

        Assert.Equal([_second, 3 * _second, 5 * _second], at);
        timer.Dispose();
    }

    [Fact]
    public void Timer_CreatedByACallback_FiresInTheSameAdvanceBeforeLaterOnes()
    {
        var order = new List<string>();
        using var first = _clock.CreateTimer(
            _ => { order.Add("first"); _clock.CreateTimer(_ => order.Add("created"), null, _second, Timeout.InfiniteTimeSpan); },
            null, _second, Timeout.InfiniteTimeSpan);
        using var last = _clock.CreateTimer(_ => order.Add("last"), null, 3 * _second, Timeout.InfiniteTimeSpan);

        _clock.Advance(3 * _second);

        Assert.Equal(["first", "created", "last"], order);
    }

    [Fact]
    public void Timer_DisposedByAnEarlierCallback_DoesNotFire()
    {
        var fired = 0;
        var victim = _clock.CreateTimer(_ => fired++, null, 2 * _second, Timeout.InfiniteTimeSpan);
        using var killer = _clock.CreateTimer(_ => victim.Dispose(), null, _second, Timeout.InfiniteTimeSpan);

        _clock.Advance(3 * _second);

        Assert.Equal(0, fired);
        Assert.False(victim.Change(_second, _second));
        Assert.Equal(0, _clock.ActiveTimers);
    }

    [Fact]
    public async Task Timer_DueAtOnce_FiresWithoutAnAdvance()
    {
        var fired = new TaskCompletionSource();
        await using var timer = _clock.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(Deadline.Token);
    }

    [Theory]
    [InlineData(-2, 0)]
    [InlineData(0, -2)]
    [InlineData(4294967295, 0)]
    public void CreateTimer_TimeThatNoTimerTakes_Throws(long dueMilliseconds, long periodMilliseconds)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            _clock.CreateTimer(_ => { }, null, TimeSpan.FromMilliseconds(dueMilliseconds), TimeSpan.FromMilliseconds(periodMilliseconds)));

        Assert.Equal(0, _clock.ActiveTimers);
    }

    [Fact]
    public void Timer_CallbackSeesTheContextOfItsCreator()
    {
        var ambient = new AsyncLocal<string> { Value = "creator" };
        string? seen = null;
        using var timer = _clock.CreateTimer(_ => seen = ambient.Value, null, _second, Timeout.InfiniteTimeSpan);
        ambient.Value = "advancer";

        _clock.Advance(_second);

        Assert.Equal("creator", seen);
        Assert.Equal("advancer", ambient.Value);
    }

    [Fact]
    public void Advance_CallbackThrows_ArrivesFiresTheOthersAndThrows()
    {
        var fired = 0;
        using var bad = _clock.CreateTimer(_ => throw new InvalidOperationException("bad"), null, _second, Timeout.InfiniteTimeSpan);
        using var good = _clock.CreateTimer(_ => fired++, null, 2 * _second, Timeout.InfiniteTimeSpan);

        var thrown = Assert.Throws<InvalidOperationException>(() => _clock.Advance(3 * _second));

        Assert.Equal("bad", thrown.Message);
        Assert.Equal(1, fired);
        Assert.Equal(3 * _second, Elapsed());
        _clock.Advance(_second);
    }

    [Fact]
    public void Advance_SeveralCallbacksThrow_ThrowsAllOfThem()
    {
        using var one = _clock.CreateTimer(_ => throw new InvalidOperationException("one"), null, _second, Timeout.InfiniteTimeSpan);
        using var two = _clock.CreateTimer(_ => throw new InvalidOperationException("two"), null, _second, Timeout.InfiniteTimeSpan);

        var thrown = Assert.Throws<AggregateException>(() => _clock.Advance(_second));

        Assert.Equal(["one", "two"], thrown.InnerExceptions.Select(e => e.Message));
    }

    [Fact]
    public async Task TaskDelay_SevenDays_EndsWithTheAdvance()
    {
        var delay = Task.Delay(TimeSpan.FromDays(7), _clock);

        _clock.Advance(TimeSpan.FromDays(7) - _second);
        Assert.False(delay.IsCompleted);
        _clock.Advance(_second);

        await delay.WaitAsync(Deadline.Token);
    }

    [Fact]
    public void CancellationTokenSource_Timeout_CancelsWhenDue()
    {
        using var source = new CancellationTokenSource(_second, _clock);
        Assert.False(source.IsCancellationRequested);

        _clock.Advance(_second);

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void CancellationTokenSource_Disposed_LeavesNoTimerBehind()
    {
        var source = new CancellationTokenSource(_second, _clock);
        Assert.Equal(1, _clock.ActiveTimers);

        source.Dispose();

        Assert.Equal(0, _clock.ActiveTimers);
    }

    [Fact]
    public async Task PeriodicTimer_TicksOncePerPeriod()
    {
        using var timer = new PeriodicTimer(_second, _clock);
        for (var tick = 1; tick <= 3; tick++)
        {
            var next = timer.WaitForNextTickAsync().AsTask();
            Assert.False(next.IsCompleted);
            _clock.Advance(_second);
            Assert.True(await next.WaitAsync(Deadline.Token));
        }
    }

    private TimeSpan Elapsed() => _clock.GetUtcNow() - ManualTimeProvider.DefaultStart;
}
