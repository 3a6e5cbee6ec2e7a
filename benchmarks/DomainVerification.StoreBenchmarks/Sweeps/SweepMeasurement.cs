using DomainVerification.StoreBenchmarks.Databases;
using DomainVerification.StoreBenchmarks.Measuring;

namespace DomainVerification.StoreBenchmarks.Sweeps;

/// <summary>
/// The worker of a host over 100,000 claims that are due: leased, looked at and written back. Once with a checker that answers at once,
/// which leaves the store and the worker, and once with a TXT look-up for each over UDP, of NSD on the same two cores.
/// </summary>
internal static class SweepMeasurement
{
    private const int Rounds = 3;

    public static async Task RunAsync(PostgresServer server, Duration duration)
    {
        var claims = duration.Rows[1];
        var table = new Table(
            $"Sweep of {Table.Number(claims)} claims",
            "database",
            "claims",
            "DNS",
            "claims/s",
            "claims a commit",
            "client CPU us",
            "database CPU us",
            "DNS CPU us",
            "B",
            "live heap MiB, at 1/4 to 4/4");
        foreach (var template in (SweepTemplate[])[await SweepTemplate.WatchedAsync(), await SweepTemplate.PendingAsync()])
        {
            await using var nsd = InstalledProgram.Find("nsd") is null
                ? null
                : await Nsd.StartAsync(file => SweepZone.WriteAsync(file, template, claims));
            await using var postgres = await PostgresDatabase.CreateAsync(server);
            await using var prepared = await PostgresDatabase.CreateAsync(server, preparedStatements: 64);
            await using var sqlite = await SqliteDatabase.CreateAsync();
            List<(BenchmarkDatabase, string)> databases = [(prepared, $"{prepared.Name}, prepared")];
            if (template.IsPublished)
            {
                databases.AddRange([(postgres, postgres.Name), (sqlite, sqlite.Name)]);
            }

            foreach (var (database, name) in databases)
            {
                foreach (var dns in (Nsd?[])(nsd is null ? [null] : [null, nsd]))
                {
                    await MeasureAsync(database, dns, template, claims / 5);
                    var runs = new List<SweepRun>();
                    for (var round = 0; round < Rounds; round++)
                    {
                        runs.Add(await MeasureAsync(database, dns, template, claims));
                    }

                    Add(table, name, template, dns, runs);
                }
            }
        }
    }

    private static async Task<SweepRun> MeasureAsync(BenchmarkDatabase database, Nsd? dns, SweepTemplate template, int claims)
    {
        await SweepRows.LoadAsync(database, template, claims);
        return await SweepRun.RunAsync(database, dns, template, claims);
    }

    private static void Add(Table table, string database, SweepTemplate template, Nsd? dns, List<SweepRun> runs) => table.Add(
        database,
        template.Name,
        dns is null ? "answers at once" : "NSD",
        Table.Number(runs.Select(run => run.PerSecond).Median()),
        Table.Number(runs.Select(run => run.ClaimsOfCommit).Median()),
        Table.Number(runs.Select(run => run.Cpu).Median()),
        Table.Number(runs.Select(run => run.DatabaseCpu).Median()),
        Table.Number(runs.Select(run => run.DnsCpu).Median()),
        Table.Number(runs.Select(run => run.Bytes).Median()),
        string.Join(", ", runs[^1].Heap.Select(bytes => Table.Number(bytes / 1048576d, "N1"))));
}
