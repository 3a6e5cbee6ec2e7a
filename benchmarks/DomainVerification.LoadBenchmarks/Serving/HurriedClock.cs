using System.Diagnostics;

namespace DomainVerification.LoadBenchmarks.Serving;

/// <summary>
/// A wall clock that runs 200 times as fast, so that each proof is old when its claim is verified again and has to be looked for; timers and
/// measurements take their own time.
/// </summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Speed = 200;

    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _started = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + (Stopwatch.GetElapsedTime(_started) * Speed);
}
