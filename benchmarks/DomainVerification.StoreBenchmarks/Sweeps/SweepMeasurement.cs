using System.Diagnostics;
using DomainVerification.StoreBenchmarks.Databases;
using DomainVerification.StoreBenchmarks.Leases;
using DomainVerification.StoreBenchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Sweeps;

/// <summary>Claims a second that a worker can look at: leases of 100, and a commit a claim, 16 at a time as the worker does.</summary>
internal static class SweepMeasurement
{
    private const int BatchSize = 100;
    private const int Concurrency = 16;
    private const int WarmUps = 20;

    public static async Task RunAsync(PostgresServer server, Duration duration)
    {
        var table = new Table("Sweep", "database", "claims/s");
        await using var postgres = await PostgresDatabase.CreateAsync(server);
        await using var sqlite = await SqliteDatabase.CreateAsync();
        foreach (var database in (BenchmarkDatabase[])[postgres, sqlite])
        {
            await DueRows.LoadAsync(database, duration.Rows[1]);
            var store = database.CreateHost().GetRequiredService<IClaimStore>();
            var times = new List<double>();
            for (var batch = -WarmUps; batch < 10 * duration.Rounds; batch++)
            {
                var started = Stopwatch.GetTimestamp();
                await SweepAsync(store);
                if (batch >= 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                }
            }

            table.Add(database.Name, Table.Number(BatchSize / times.Median()));
        }
    }

    private static async Task SweepAsync(IClaimStore store)
    {
        var now = TimeProvider.System.GetUtcNow();
        var due = await store.LeaseDueClaimsAsync(new LeaseRequest(now, TimeSpan.FromMinutes(5), BatchSize), CancellationToken.None);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Concurrency };
        await Parallel.ForEachAsync(due, parallel, async (claim, token) =>
        {
            var next = claim with { Version = claim.Version + 1, Attempts = claim.Attempts + 1, DueAt = now.AddHours(1), ModifiedAt = now };
            await store.CommitAsync(new ClaimCommit { Claims = [next] }, token);
        });
    }
}
