using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DomainVerification.Dns;
using DomainVerification.DnsBenchmarks.Serving;
using DomainVerification.DnsBenchmarks.Subjects;

namespace DomainVerification.DnsBenchmarks.Measuring;

/// <summary>
/// One client in a process of its own, so that processor time and memory are its own, or several that take turns. It reads lines of three
/// numbers, which client, queries and how many of them in flight, and answers each with the turn that it was.
/// </summary>
internal static class Worker
{
    private const int FirstQueries = 2_000;
    private static readonly TimeSpan SocketPause = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(IReadOnlyList<string> subjects, string endpoint, int names)
    {
        List<IClient> clients = [.. subjects.Select(subject => Create(subject, endpoint, names))];
        foreach (var client in clients)
        {
            await AskAsync(client, Math.Min(FirstQueries, names), 1);
        }

        GC.Collect();
        var loaded = ProcessFile.Megabytes("VmRSS");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var numbers = line.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            var turn = await AskAsync(clients[numbers[0]], Math.Min(numbers[1], names), numbers[2]);
            turn = turn with { AddedMegabytes = ProcessFile.Megabytes("VmHWM") - loaded };
            Console.WriteLine(JsonSerializer.Serialize(turn, Json.Options));
        }
    }

    private static IClient Create(string subject, string endpoint, int names) => subject switch
    {
        "batch" => new BatchClient(new CheckAsker(endpoint, names, DnsLookupMode.Resolvers)),
        "check" => new SingleAwaits<ProofReport>(new CheckAsker(endpoint, names, DnsLookupMode.Resolvers)),
        "authoritative-batch" => new BatchClient(Walking(endpoint, Math.Min(names, Zone.FewNames))),
        "authoritative" => new SingleAwaits<ProofReport>(Walking(endpoint, Math.Min(names, Zone.FewNames))),
        "two-servers" => new SingleAwaits<ProofReport>(Walking(endpoint, Math.Min(names, Zone.FewNames), Zone.ApexOfTwo)),
        "four-servers" => new SingleAwaits<ProofReport>(Walking(endpoint, Math.Min(names, Zone.FewNames), Zone.ApexOfFour)),
        "without-ipv6" => new SingleAwaits<ProofReport>(Walking(endpoint, Math.Min(names, Zone.FewNames), Zone.ApexOfBoth)),
        "cold-cut" => new SingleAwaits<ProofReport>(Walking(endpoint, names)),
        "lookup" => new SingleAwaits<DnsLookup>(new LookupAsker(endpoint, names)),
#if PEERS
        "dnsclient" => new SingleAwaits<DnsClient.IDnsQueryResponse>(new Peers.DnsClientAsker(endpoint, names)),
#endif
        _ => throw new ArgumentException($"There is no client '{subject}' here.", nameof(subject)),
    };

    private static async Task<Turn> AskAsync(IClient client, int queries, int inFlight)
    {
        GC.Collect();
        ProcessFile.ResetPeak();
        Tally tally = new(queries);
        using CancellationTokenSource ended = new();
        var sockets = CountSocketsAsync(ended.Token);
        using var process = Process.GetCurrentProcess();
        var (bytes, processor, started) = (GC.GetTotalAllocatedBytes(true), process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await client.RunAsync(queries, inFlight, tally);
        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var used = process.TotalProcessorTime - processor;
        var allocated = GC.GetTotalAllocatedBytes(true) - bytes;
        await ended.CancelAsync();
        return new Turn(queries, elapsed.TotalSeconds, used.TotalSeconds)
        {
            AllocatedBytes = allocated,
            Sockets = await sockets,
            Wrong = tally.Wrong,
            Lost = tally.Lost,
            MedianMicroseconds = tally.Percentile(50),
            P99Microseconds = tally.Percentile(99),
        };
    }

    // Each name is below the zone by two labels. That no zone begins at the first of them is remembered of a good ten thousand.
    private static CheckAsker Walking(string endpoint, int names, string apex = Zone.Apex) =>
        new(endpoint, names, DnsLookupMode.Authoritative, apex);

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
}
