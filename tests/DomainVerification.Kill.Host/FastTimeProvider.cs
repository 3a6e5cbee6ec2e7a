using System.Diagnostics;

namespace DomainVerification.Kill.Host;

/// <summary>
/// A clock that runs faster than the wall, the same in all processes of the machine, so that the lease of a killed worker runs out in half
/// a second and a challenge in a few.
/// </summary>
internal sealed class FastTimeProvider(FastTimeProvider.Base start) : TimeProvider
{
    internal const int Speed = 20;

    public override long TimestampFrequency => Stopwatch.Frequency / Speed;

    public override DateTimeOffset GetUtcNow() => start.At + (Stopwatch.GetElapsedTime(start.Timestamp) * Speed);

    public override long GetTimestamp() => Stopwatch.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)));

    private static TimeSpan Shorten(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / Speed;

    /// <summary>When the clock was started, by the wall and by the system's monotonic timer, which all processes share.</summary>
    internal readonly record struct Base(DateTimeOffset At, long Timestamp)
    {
        internal static Base Now() => new(DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
    }

    private sealed class FastTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Shorten(dueTime), Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
