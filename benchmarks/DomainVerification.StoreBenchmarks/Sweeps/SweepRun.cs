using System.Diagnostics;
using DomainVerification.StoreBenchmarks.Databases;
using DomainVerification.StoreBenchmarks.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.StoreBenchmarks.Sweeps;

/// <summary>One sweep of the worker over all claims.</summary>
/// <param name="PerSecond">Claims a second.</param>
/// <param name="ClaimsOfCommit">How many claims a transaction wrote.</param>
/// <param name="Cpu">Microseconds of processor time that this process took for each claim.</param>
/// <param name="DatabaseCpu">Microseconds of processor time that the database took for each claim.</param>
/// <param name="DnsCpu">Microseconds of processor time that the DNS server took for each claim.</param>
/// <param name="Bytes">Bytes that this process allocated for each claim.</param>
/// <param name="Heap">What was alive in this process in the course of the sweep, which has to stay the same.</param>
internal sealed record SweepRun(
    double PerSecond,
    double ClaimsOfCommit,
    double Cpu,
    double DatabaseCpu,
    double DnsCpu,
    double Bytes,
    IReadOnlyList<long> Heap)
{
    private const int BatchSize = 500;
    private const int Concurrency = 128;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task<SweepRun> RunAsync(BenchmarkDatabase database, Nsd? dns, SweepTemplate template, int claims)
    {
        var host = database.CreateHostWithDns(builder => Configure(builder, dns, template));
        var worker = host.GetServices<IHostedService>().OfType<BackgroundService>().First();
        var commits = host.GetRequiredService<CommitCounter>();
        var processor = await database.GetProcessorAsync();
        using var process = Process.GetCurrentProcess();
        var (databaseCpu, dnsCpu) = (processor.Read(), DnsSeconds(dns));
        var (bytes, cpu, clock) = (GC.GetTotalAllocatedBytes(precise: true), process.TotalProcessorTime, Stopwatch.StartNew());
        var heap = new List<long>();
        await worker.StartAsync(CancellationToken.None);
        while (commits.Claims < claims)
        {
            await Task.Delay(Look);
            while (heap.Count < 4 && commits.Claims >= (heap.Count + 1) * (long)claims / 4)
            {
                heap.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var run = new SweepRun(
            claims / seconds,
            (double)claims / commits.Count,
            (process.TotalProcessorTime - cpu).TotalMicroseconds / claims,
            (processor.Read() - databaseCpu).TotalMicroseconds / claims,
            (DnsSeconds(dns) - dnsCpu) * 1e6 / claims,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / claims,
            heap);
        await worker.StopAsync(CancellationToken.None);
        if (await SweepRows.LeftAsync(database, template) is var left and > 0)
        {
            throw new InvalidOperationException($"{left} claims were not looked at, or with another outcome.");
        }

        return run;
    }

    private static double DnsSeconds(Nsd? dns) => dns is null ? 0 : ProcessFile.Seconds(dns.ProcessId);

    private static void Configure(DomainVerificationBuilder builder, Nsd? dns, SweepTemplate template)
    {
        CommitCounter.Add(builder.Services);
        builder.Services.Configure<DomainVerificationOptions>(options => options.Watch.Enabled = true);
        builder.ConfigureWorker(options => (options.BatchSize, options.Concurrency) = (BatchSize, Concurrency));
        if (dns is not null)
        {
            builder.ConfigureDns(options => options.Servers = [dns.Endpoint]);
        }
        else if (template.IsPublished)
        {
            builder.UseDnsProofChecker<InstantChecker>();
        }
        else
        {
            builder.UseDnsProofChecker<AbsentChecker>();
        }
    }
}
