namespace DomainVerification.Testing;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>. Its schedule changes under the clock's lock only.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    /// <summary>The longest time that a real timer takes: 4,294,967,294 ms.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(0xFFFF_FFFE);

    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private volatile bool _disposed;

    /// <summary>The order of firing: due time first, then the order of arming.</summary>
    public static IComparer<ManualTimer> ByDueTime { get; } = Comparer<ManualTimer>.Create(
        (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Sequence.CompareTo(b.Sequence));

    /// <summary>When it fires next, as time since the clock was made.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>The time between two firings; zero or less for a timer that fires once.</summary>
    public TimeSpan Period { get; private set; }

    public bool IsDisposed => _disposed;

    private long Sequence { get; set; }

    public void Schedule(TimeSpan due, TimeSpan period, long sequence) => (Due, Period, Sequence) = (due, period, sequence);

    public void Fire()
    {
        if (_disposed)
        {
            return;
        }

        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, new ContextCallback(callback), state);
        }
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        return clock.TryArm(this, dueTime, period);
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Validate(TimeSpan time, string name)
    {
        if (time == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, _longest, name);
    }
}
