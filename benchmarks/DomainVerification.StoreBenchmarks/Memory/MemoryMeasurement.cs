using DomainVerification.StoreBenchmarks.Hosts;
using DomainVerification.StoreBenchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Memory;

/// <summary>What the in-memory store keeps for a claim: the claim, its event and its places in the indexes.</summary>
internal static class MemoryMeasurement
{
    public static async Task RunAsync(Duration duration)
    {
        var table = new Table("Memory of the in-memory store", "pending claims", "B/claim");
        foreach (var claims in duration.Rows)
        {
            await using var host = BenchmarkHost.Create();
            var manager = host.GetRequiredService<IDomainClaimManager>();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var number = 0; number < claims; number++)
            {
                (await manager.RequestAsync(new ClaimRequest($"tenant-{number % 1000}", $"domain-{number}.example"))).RequireClaim();
            }

            var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
            table.Add(Table.Number(claims), Table.Number((double)bytes / claims));
        }
    }
}
