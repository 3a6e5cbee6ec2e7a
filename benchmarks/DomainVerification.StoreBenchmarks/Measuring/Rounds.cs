using System.Diagnostics;

namespace DomainVerification.StoreBenchmarks.Measuring;

/// <summary>
/// Runs variants in turns, a short round each, so that what else the machine does falls on all of them. The ratio of two variants is the
/// median of the ratios of their neighbouring rounds.
/// </summary>
internal sealed class Rounds(ServerProcessor server)
{
    public async Task WarmUpAsync(IReadOnlyList<Variant> variants, int writers, TimeSpan duration)
    {
        foreach (var variant in variants)
        {
            await RunAsync(variant, writers, duration);
        }
    }

    /// <param name="prepare">Is done before each round.</param>
    public async Task<Round[][]> MeasureAsync(
        IReadOnlyList<Variant> variants,
        int writers,
        Duration duration,
        Func<Task> prepare)
    {
        var rounds = variants.Select(_ => new Round[duration.Rounds]).ToArray();
        for (var round = 0; round < duration.Rounds; round++)
        {
            for (var i = 0; i < variants.Count; i++)
            {
                // Nobody is always first.
                var variant = (i + round) % variants.Count;
                await prepare();
                rounds[variant][round] = await RunAsync(variants[variant], writers, duration.Round);
            }
        }

        return rounds;
    }

    private async Task<Round> RunAsync(Variant variant, int writers, TimeSpan duration)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var serverCpu = server.Read();
        var (bytes, cpu) = (GC.GetTotalAllocatedBytes(precise: true), process.TotalProcessorTime);
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var count = 0;
            while (clock.Elapsed < duration)
            {
                await variant.RunOnce(writer);
                count++;
            }

            return count;
        })));
        var (elapsed, count) = (clock.Elapsed, (double)counts.Sum());
        process.Refresh();
        return new Round(
            count / elapsed.TotalSeconds,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / count,
            (process.TotalProcessorTime - cpu).TotalMicroseconds / count,
            (server.Read() - serverCpu).TotalMicroseconds / count);
    }
}
