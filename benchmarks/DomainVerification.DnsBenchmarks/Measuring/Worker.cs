using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DomainVerification.Dns;
using DomainVerification.DnsBenchmarks.Subjects;

namespace DomainVerification.DnsBenchmarks.Measuring;

/// <summary>
/// A client in a process of its own, so that processor time and memory are its own. It reads lines of two numbers, queries and how many of
/// them in flight, and answers each with the turn that it was.
/// </summary>
internal static class Worker
{
    private const int FirstQueries = 2_000;
    private static readonly TimeSpan SocketPause = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(string subject, string endpoint, int names)
    {
        IAsker asker = subject switch
        {
            "check" => new CheckAsker(endpoint, names, DnsLookupMode.Resolvers),
            "authoritative" => new CheckAsker(endpoint, Math.Min(names, CheckAsker.WarmNames), DnsLookupMode.Authoritative),
            "lookup" => new LookupAsker(endpoint, names),
#if PEERS
            "dnsclient" => new Peers.DnsClientAsker(endpoint, names),
#endif
            _ => throw new ArgumentException($"There is no client '{subject}' here.", nameof(subject)),
        };
        await AskAsync(asker, Math.Min(FirstQueries, names), 1);
        GC.Collect();
        var loaded = ProcessFile.Megabytes("VmRSS");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var numbers = line.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            var turn = await AskAsync(asker, Math.Min(numbers[0], names), numbers[1]);
            turn = turn with { AddedMegabytes = ProcessFile.Megabytes("VmHWM") - loaded };
            Console.WriteLine(JsonSerializer.Serialize(turn, Json.Options));
        }
    }

    private static async Task<Turn> AskAsync(IAsker asker, int queries, int inFlight)
    {
        GC.Collect();
        ProcessFile.ResetPeak();
        var durations = new long[queries];
        var (next, wrong, lost) = (-1, 0, 0);
        using CancellationTokenSource ended = new();
        var sockets = CountSocketsAsync(ended.Token);
        using var process = Process.GetCurrentProcess();
        var (bytes, processor, started) = (GC.GetTotalAllocatedBytes(true), process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(RunAsync)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var used = process.TotalProcessorTime - processor;
        var allocated = GC.GetTotalAllocatedBytes(true) - bytes;
        await ended.CancelAsync();
        Array.Sort(durations);
        return new Turn(queries, elapsed.TotalSeconds, used.TotalSeconds)
        {
            AllocatedBytes = allocated,
            Sockets = await sockets,
            Wrong = wrong,
            Lost = lost,
            MedianMicroseconds = Microseconds(durations[queries / 2]),
            P99Microseconds = Microseconds(durations[queries * 99L / 100]),
        };

        async Task RunAsync()
        {
            while (Interlocked.Increment(ref next) is var index && index < queries)
            {
                var asked = Stopwatch.GetTimestamp();
                var right = await asker.AskAsync(index);
                durations[index] = Stopwatch.GetTimestamp() - asked;
                if (right is null)
                {
                    Interlocked.Increment(ref lost);
                }
                else if (right == false)
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }
    }

    private static async Task<int> CountSocketsAsync(CancellationToken ended)
    {
        var most = 0;
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(SocketPause, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            most = ended.IsCancellationRequested ? most : Math.Max(most, ProcessFile.Sockets());
        }

        return most;
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
