using System.Diagnostics;
using DomainVerification.EntityFrameworkCore.Tests.Leases;
using DomainVerification.StoreBenchmarks.Databases;
using DomainVerification.StoreBenchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Leases;

/// <summary>What a lease of 100 costs with few and with many rows that are due, and how the database runs it.</summary>
internal static class LeaseMeasurement
{
    private const int Maximum = 100;
    private const int WarmUps = 20;
    private const int Leases = 60;

    public static async Task RunAsync(PostgresServer server, Duration duration)
    {
        var table = new Table("Leases of 100", "database", "of", "due rows", "median ms", "ratio to smallest");
        var plans = new List<string>();
        var postgres = new List<BenchmarkDatabase>();
        var sqlite = new List<BenchmarkDatabase>();
        foreach (var _ in duration.Rows)
        {
            postgres.Add(await PostgresDatabase.CreateAsync(server));
            sqlite.Add(await SqliteDatabase.CreateAsync());
        }

        foreach (var databases in (List<BenchmarkDatabase>[])[postgres, sqlite])
        {
            foreach (var (database, rows) in databases.Zip(duration.Rows))
            {
                await DueRows.LoadAsync(database, rows);
            }

            await MeasureAsync(table, "claims", databases, duration, LeaseClaimsAsync);
            await MeasureAsync(table, "work", databases, duration, LeaseWorkAsync);
            plans.AddRange(await ExplainAsync("claims", databases[^1], LeaseClaimsAsync));
            plans.AddRange(await ExplainAsync("work", databases[^1], LeaseWorkAsync));
            foreach (var database in databases)
            {
                await database.DisposeAsync();
            }
        }

        Console.WriteLine();
        plans.ForEach(Console.WriteLine);
    }

    private static async Task<int> LeaseClaimsAsync(IClaimStore store, LeaseRequest request) =>
        (await store.LeaseDueClaimsAsync(request, CancellationToken.None)).Count;

    private static async Task<int> LeaseWorkAsync(IClaimStore store, LeaseRequest request) =>
        (await store.LeaseWorkAsync(request, CancellationToken.None)).Count;

    private static async Task MeasureAsync(
        Table table,
        string what,
        List<BenchmarkDatabase> databases,
        Duration duration,
        Func<IClaimStore, LeaseRequest, Task<int>> lease)
    {
        var stores = databases.ConvertAll(database => database.CreateHost().GetRequiredService<IClaimStore>());
        var times = databases.ConvertAll(_ => new List<double>());
        for (var round = -WarmUps; round < Leases; round++)
        {
            for (var i = 0; i < stores.Count; i++)
            {
                // What was leased is due again in the next round, so that the smallest table never runs dry.
                var now = TimeProvider.System.GetUtcNow().AddMinutes(round);
                var started = Stopwatch.GetTimestamp();
                var count = await lease(stores[i], new LeaseRequest(now, TimeSpan.FromSeconds(1), Maximum));
                var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (count != Maximum)
                {
                    throw new InvalidOperationException($"{count} of {Maximum} were leased.");
                }

                if (round >= 0)
                {
                    times[i].Add(elapsed);
                }
            }
        }

        for (var i = 0; i < stores.Count; i++)
        {
            table.Add(
                databases[i].Name,
                what,
                Table.Number(duration.Rows[i]),
                Table.Number(times[i].Median(), "0.00"),
                Table.Number(times[i].Zip(times[0], (own, smallest) => own / smallest).Median(), "0.00"));
        }
    }

    private static async Task<IEnumerable<string>> ExplainAsync(
        string what,
        BenchmarkDatabase database,
        Func<IClaimStore, LeaseRequest, Task<int>> lease)
    {
        var recorder = new CommandRecorder();
        var store = database.CreateHost(options => options.AddInterceptors(recorder)).GetRequiredService<IClaimStore>();
        await lease(store, new LeaseRequest(TimeProvider.System.GetUtcNow().AddDays(1), TimeSpan.FromSeconds(1), Maximum));
        await using var connection = database.CreateConnection();
        await connection.OpenAsync();
        var lines = new List<string> { $"### {database.Name}, {what}", string.Empty, "```" };
        foreach (var command in recorder.Commands)
        {
            lines.AddRange(await command.ExplainAsync(connection, database.Explain));
        }

        return [.. lines, "```", string.Empty];
    }
}
