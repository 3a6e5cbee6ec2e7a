using System.Diagnostics;
using DomainVerification.StoreBenchmarks.Databases;
using DomainVerification.StoreBenchmarks.Hosts;
using DomainVerification.StoreBenchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Takeovers;

/// <summary>How long the owner waits who proves a domain that another one holds: from the click until the domain is theirs.</summary>
internal static class TakeoverMeasurement
{
    private const int WarmUps = 200;

    public static async Task RunAsync(PostgresServer server, Duration duration)
    {
        var table = new Table("Takeover", "store", "median ms", "p99 ms");
        await using var postgres = await PostgresDatabase.CreateAsync(server);
        await using var sqlite = await SqliteDatabase.CreateAsync();
        await using var memory = BenchmarkHost.Create();
        (string Name, IDomainClaimManager Manager, List<double> Times)[] stores =
        [
            (postgres.Name, postgres.CreateHost().GetRequiredService<IDomainClaimManager>(), []),
            (sqlite.Name, sqlite.CreateHost().GetRequiredService<IDomainClaimManager>(), []),
            ("in memory", memory.GetRequiredService<IDomainClaimManager>(), []),
        ];
        for (var number = -WarmUps; number < duration.Samples; number++)
        {
            foreach (var (_, manager, times) in stores)
            {
                var time = await TakeOverAsync(manager, $"d{number + WarmUps}.example");
                if (number >= 0)
                {
                    times.Add(time.TotalMilliseconds);
                }
            }
        }

        foreach (var (name, _, times) in stores)
        {
            table.Add(name, Table.Number(times.Median(), "0.00"), Table.Number(times.Percentile(0.99), "0.00"));
        }
    }

    private static async Task<TimeSpan> TakeOverAsync(IDomainClaimManager manager, string domain)
    {
        await manager.RequestAsync(new ClaimRequest("holder", domain));
        await manager.ConfirmAsync(ClaimReference.To("holder", domain));
        await manager.RequestAsync(new ClaimRequest("rival", domain));
        var started = Stopwatch.GetTimestamp();
        var taken = await manager.ConfirmAsync(ClaimReference.To("rival", domain));
        var elapsed = Stopwatch.GetElapsedTime(started);
        return taken.RequireClaim() is { Status: ClaimStatus.Provisioning, Epoch: 2 }
            ? elapsed
            : throw new InvalidOperationException($"{domain} was not taken over: {taken.Status}.");
    }
}
