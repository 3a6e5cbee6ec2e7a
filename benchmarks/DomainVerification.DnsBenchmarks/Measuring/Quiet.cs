using System.Diagnostics;

namespace DomainVerification.DnsBenchmarks.Measuring;

/// <summary>Waits for a moment in which the machine has little else to do, but not for ever.</summary>
internal static class Quiet
{
    private const double BusyShare = 0.12;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static async Task WaitAsync(TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < patience)
        {
            var (before, clock) = (ProcessFile.BusySeconds(), Stopwatch.StartNew());
            await Task.Delay(Look);
            if (!((ProcessFile.BusySeconds() - before) / clock.Elapsed.TotalSeconds / Environment.ProcessorCount > BusyShare))
            {
                return;
            }
        }
    }
}
