namespace DomainVerification.Dns.Tests;

/// <summary>
/// Another clock, whose timers ring also when the test says so, as one does whose ringing was on its way when it was set anew.
/// </summary>
internal sealed class RingingTimeProvider(TimeProvider inner) : TimeProvider
{
    private readonly List<Action> _timers = [];

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Add(() => callback(state));
        return inner.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>Has all timers ring that were made, set or not.</summary>
    public void Ring() => _timers.ForEach(static ring => ring());
}
