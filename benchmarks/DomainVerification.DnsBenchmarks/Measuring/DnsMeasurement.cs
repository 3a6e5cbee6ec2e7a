using DomainVerification.DnsBenchmarks.Serving;
using DomainVerification.DnsBenchmarks.Subjects;

namespace DomainVerification.DnsBenchmarks.Measuring;

/// <summary>Lets the subjects take turns against one server, and tells medians.</summary>
internal static class DnsMeasurement
{
    // A client is as fast as it gets only after this many queries.
    private const int WarmUps = 2;

    // More than this used by others spoils a turn, and it is repeated once.
    private const double QuietCores = 0.25;

    /// <returns>Whether no answer was wrong or lost.</returns>
    public static async Task<bool> RunAsync(BenchmarkOptions options)
    {
        await using var nsd = options.Server is null ? await Nsd.StartAsync(Zone.All) : null;
        var endpoint = options.Server ?? nsd!.Endpoint;
        List<ISubject> subjects = [];
        List<string> workers = [.. options.Subjects.Where(IsWorker)];
        await using var shared = options.InOneProcess && workers.Count > 0 ? new WorkerProcess(workers, endpoint, options.Queries) : null;
        foreach (var name in options.Subjects)
        {
            if (await CreateAsync(name, endpoint, options.Queries, shared) is { } subject)
            {
                subjects.Add(subject);
            }
        }

        foreach (var subject in subjects)
        {
            for (var i = 0; i < WarmUps; i++)
            {
                await subject.RunAsync(options.Queries, 128);
            }
        }

        var isRight = true;
        foreach (var inFlight in options.InFlight)
        {
            isRight &= await MeasureAsync(subjects, inFlight, options, nsd?.ProcessId);
        }

        foreach (var subject in subjects)
        {
            await subject.DisposeAsync();
        }

        return isRight;
    }

    private static async Task<ISubject?> CreateAsync(string name, string endpoint, int queries, WorkerProcess? shared) => name switch
    {
        "dnsperf" => await ProgramSubject.DnsperfAsync(endpoint),
        "cares" => await ProgramSubject.CaresAsync(endpoint),
        _ when !IsWorker(name) => null,
        _ => new WorkerSubject(name, shared ?? new WorkerProcess([name], endpoint, queries)),
    };

    private static bool IsWorker(string name) => name switch
    {
        "dnsperf" or "cares" => false,
#if !PEERS
        "dnsclient" => false,
#endif
        _ => true,
    };

    private static async Task<bool> MeasureAsync(List<ISubject> all, int inFlight, BenchmarkOptions options, int? server)
    {
        // With one in flight dnsperf mostly waits for a timer of its own.
        var subjects = all.FindAll(subject => inFlight > 1 || subject.Name != "dnsperf");
        var turns = subjects.Select(_ => new List<Turn>()).ToArray();
        var queries = inFlight == 1 ? Math.Max(1, options.Queries / 10) : options.Queries;
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var i = 0; i < subjects.Count; i++)
            {
                // Nobody is always first.
                var turn = (i + round) % subjects.Count;
                turns[turn].Add(await RunQuietAsync(subjects[turn], queries, inFlight, options, server));
            }
        }

        Report(subjects, turns, inFlight);
        return turns.SelectMany(list => list).All(turn => !(turn.Wrong > 0) && turn.Lost == 0);
    }

    private static async Task<Turn> RunQuietAsync(
        ISubject subject,
        int queries,
        int inFlight,
        BenchmarkOptions options,
        int? server)
    {
        var patience = TimeSpan.FromSeconds(options.PatienceSeconds);
        await Quiet.WaitAsync(patience);
        var first = await RunAsync(subject, queries, inFlight, server);
        if (options.PatienceSeconds == 0 || !(first.OtherCores > QuietCores))
        {
            return first;
        }

        await Quiet.WaitAsync(patience);
        var second = await RunAsync(subject, queries, inFlight, server);
        return second.OtherCores < first.OtherCores ? second : first;
    }

    private static async Task<Turn> RunAsync(ISubject subject, int queries, int inFlight, int? server)
    {
        var serverBefore = server is { } process ? ProcessFile.Seconds(process) : double.NaN;
        var busyBefore = ProcessFile.BusySeconds();
        var turn = await subject.RunAsync(queries, inFlight);
        var busy = ProcessFile.BusySeconds() - busyBefore;
        var serverSeconds = (server is { } same ? ProcessFile.Seconds(same) : double.NaN) - serverBefore;
        return turn with
        {
            ServerSeconds = serverSeconds,
            OtherCores = Math.Max(0, busy - serverSeconds - turn.ProcessorSeconds) / turn.Seconds,
        };
    }

    private static void Report(List<ISubject> subjects, List<Turn>[] turns, int inFlight)
    {
        var table = new Table(
            $"{inFlight} in flight",
            "client",
            "queries/s",
            "lowest to highest",
            "CPU us",
            "server CPU us",
            "bytes",
            "sockets",
            "MB added",
            "p50 us",
            "p99 us",
            "wrong",
            "lost",
            "cores of others");
        for (var i = 0; i < subjects.Count; i++)
        {
            var list = turns[i];
            table.Add(
                subjects[i].Name,
                Table.Number(Median(list, turn => turn.PerSecond)),
                $"{Table.Number(list.Min(turn => turn.PerSecond))} to {Table.Number(list.Max(turn => turn.PerSecond))}",
                Table.Number(Median(list, turn => turn.ProcessorSeconds * 1e6 / turn.Queries), "N1"),
                Table.Number(Median(list, turn => turn.ServerSeconds * 1e6 / turn.Queries), "N1"),
                Table.Number(Median(list, turn => turn.AllocatedBytes / turn.Queries)),
                Table.Number(list.Max(turn => turn.Sockets)),
                Table.Number(list.Max(turn => turn.AddedMegabytes), "N1"),
                Table.Number(Median(list, turn => turn.MedianMicroseconds)),
                Table.Number(Median(list, turn => turn.P99Microseconds)),
                Table.Number(list.Sum(turn => turn.Wrong)),
                Table.Number(list.Sum(turn => turn.Lost)),
                Table.Number(Median(list, turn => turn.OtherCores), "N2"));
        }
    }

    private static double Median(List<Turn> turns, Func<Turn, double> value)
    {
        var sorted = turns.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
