using System.Runtime.ExceptionServices;

namespace DomainVerification.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Seven days pass in the time that the timers of seven days need to run.
/// </summary>
/// <remarks>
/// <para>
/// It drives all that takes a <see cref="TimeProvider"/>: <c>Task.Delay</c>, <see cref="CancellationTokenSource"/>,
/// <see cref="PeriodicTimer"/>, <c>Task.WaitAsync</c> and timers of <see cref="CreateTimer"/>.
/// </para>
/// <para>
/// <see cref="Advance"/> fires due timers one by one, in the order of their due times (equal ones in the order in which they were armed),
/// on the caller's thread, with the clock showing each timer's own due time. Timers that a callback arms or changes take part in the same
/// advance. A timer that is armed with a due time of zero while nobody advances fires on the thread pool, as a real one does; should its
/// callback throw, the next advance throws that exception.
/// </para>
/// <para>All members are safe to use from several threads. Two advances at once add up.</para>
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    /// <summary>Where the clock starts unless told otherwise: 2026-01-01T00:00:00Z.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.ByDueTime);
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly List<Exception> _failures = [];
    private DateTimeOffset _origin;
    private TimeSpan _elapsed;
    private TimeSpan _goal;
    private long _armings;
    private int _firing;

    /// <summary>Creates a clock that shows <see cref="DefaultStart"/>.</summary>
    public ManualTimeProvider()
        : this(DefaultStart)
    {
    }

    /// <summary>Creates a clock that shows <paramref name="start"/>.</summary>
    /// <param name="start">The first instant, kept as UTC.</param>
    public ManualTimeProvider(DateTimeOffset start) => _origin = start.ToUniversalTime();

    /// <summary>How many timers are armed now: given a due time, and neither fired for the last time nor disposed.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>The time until the next armed timer fires, or null when none is armed.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return _armed.Min is { } next ? next.Due - _elapsed : null;
            }
        }
    }

    /// <summary>Always UTC, so that a test gives the same result everywhere.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ten million a second: a timestamp counts ticks of 100 ns since the clock was made.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _origin + _elapsed;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward and fires each timer that becomes due on the way, at its own time.</summary>
    /// <param name="by">How far. Zero fires what is due now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative or leads past the last date.</exception>
    /// <exception cref="AggregateException">
    /// Several callbacks threw; the exception of a single one is thrown as it is. The clock has arrived and all other timers have fired.
    /// </exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan goal;
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(by, DateTimeOffset.MaxValue - _origin - _goal);
            _goal += by;
            goal = _goal;
            _firing++;
        }

        FireThrough(goal);
        ThrowFailures();
    }

    /// <summary>
    /// Moves the clock forward from timer to timer and lets the code under test come to rest after each, so that a background worker that
    /// leaves the caller's thread still sees every one of its ticks.
    /// </summary>
    /// <param name="by">How far.</param>
    /// <param name="settle">
    /// Completes when the code under test has dealt with the timers that fired; called after each stop. Often
    /// <c>token => clock.WaitForTimersAsync(1, token)</c>: the worker sleeps again.
    /// </param>
    /// <param name="cancellationToken">Ends the advance at the stop that it has reached.</param>
    public async Task AdvanceAsync(TimeSpan by, Func<CancellationToken, Task> settle, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(settle);
        cancellationToken.ThrowIfCancellationRequested();
        while (UntilNextTimer is { } step && step <= by)
        {
            Advance(step);
            by -= step;
            await settle(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        Advance(by);
    }

    /// <summary>Moves the clock forward to <paramref name="value"/> as <see cref="Advance"/> does.</summary>
    /// <param name="value">An instant that is not in the clock's past.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is in the past; see <see cref="StepUtcNow"/>.</exception>
    public void SetUtcNow(DateTimeOffset value)
    {
        var now = GetUtcNow();
        ArgumentOutOfRangeException.ThrowIfLessThan(value, now);
        Advance(value - now);
    }

    /// <summary>
    /// Puts the wall clock forward or back, as an operator or a time service does. Timers and <see cref="GetTimestamp"/> do not
    /// notice: they measure durations.
    /// </summary>
    /// <param name="by">How far; negative puts the clock back.</param>
    /// <exception cref="ArgumentOutOfRangeException">The clock would leave the representable dates.</exception>
    public void StepUtcNow(TimeSpan by)
    {
        lock (_gate)
        {
            _origin += by;
        }
    }

    /// <summary>
    /// Completes as soon as at least <paramref name="count"/> timers are armed: the code under test waits for the clock, so that advancing
    /// now has a defined effect. It replaces every sleep in a test.
    /// </summary>
    /// <param name="count">The number of armed timers to wait for, one or more.</param>
    /// <param name="cancellationToken">Ends the wait; give it a real deadline, for the case that no timer is ever armed.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_gate)
        {
            if (cancellationToken.IsCancellationRequested || _armed.Count >= count)
            {
                return cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    internal bool TryArm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            timer.Schedule(_elapsed + dueTime, period, ++_armings);
            _armed.Add(timer);
            ReleaseWaiters();
            if (dueTime > TimeSpan.Zero || _firing > 0)
            {
                return true;
            }

            _firing++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.FireDue(), this, preferLocal: false);
        return true;
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
        }
    }

    private void FireDue()
    {
        TimeSpan now;
        lock (_gate)
        {
            now = _elapsed;
        }

        FireThrough(now);
    }

    private void FireThrough(TimeSpan goal)
    {
        while (TakeDue(goal) is { } timer)
        {
            try
            {
                timer.Fire();
            }
            catch (Exception failure)
            {
                lock (_gate)
                {
                    _failures.Add(failure);
                }
            }
        }
    }

    private ManualTimer? TakeDue(TimeSpan goal)
    {
        lock (_gate)
        {
            if (_armed.Min is not { } timer || timer.Due > goal)
            {
                _elapsed = Max(_elapsed, goal);
                _firing--;
                return null;
            }

            _armed.Remove(timer);
            _elapsed = Max(_elapsed, timer.Due);
            if (timer.Period > TimeSpan.Zero)
            {
                timer.Schedule(timer.Due + timer.Period, timer.Period, ++_armings);
                _armed.Add(timer);
            }

            return timer;
        }
    }

    private void ReleaseWaiters()
    {
        foreach (var (count, reached) in _waiters)
        {
            if (_armed.Count >= count)
            {
                reached.TrySetResult();
            }
        }

        _waiters.RemoveAll(waiter => waiter.Reached.Task.IsCompleted);
    }

    private void ThrowFailures()
    {
        Exception[] failures;
        lock (_gate)
        {
            failures = [.. _failures];
            _failures.Clear();
        }

        if (failures.Length == 1)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }

        if (failures.Length > 1)
        {
            throw new AggregateException("Callbacks of several timers failed.", failures);
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
