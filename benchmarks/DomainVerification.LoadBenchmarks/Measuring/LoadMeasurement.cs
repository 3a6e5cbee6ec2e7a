using DomainVerification.LoadBenchmarks.Loading;
using DomainVerification.LoadBenchmarks.Serving;
using DomainVerification.StoreBenchmarks.Measuring;
using DomainVerification.Testing;

namespace DomainVerification.LoadBenchmarks.Measuring;

/// <summary>Requests a second of each endpoint beside an empty one, in turns, and memory under load.</summary>
internal static class LoadMeasurement
{
    private const int WarmUpSeconds = 5;

    /// <returns>How many requests failed, of which there should be none.</returns>
    public static async Task<long> RunAsync(string database, LoadOptions options)
    {
        await using var dns = LoopbackDnsServer.Start(new DnsWorld());
        var folder = Directory.CreateTempSubdirectory("dv-load-");
        await using var server = database == "postgres" ? await PostgresServer.StartAsync(durable: true, sharedMegabytes: 512) : null;
        var connection = server is null
            ? $"Data Source={Path.Combine(folder.FullName, "claims.db")}"
            : await server.CreateDatabaseAsync();
        await using var host = await HostProcess.StartAsync(database, connection, dns.Endpoint.ToString());
        using var wrk = new Wrk();
        var claims = await VerifiedClaims.MakeAsync(host.Client, dns.World, options.Claims);
        IReadOnlyList<LoadSubject> subjects =
        [
            new("empty endpoint", ["GET /empty", "GET /empty"]),
            new("get a claim", [.. claims.Select(claim => $"GET {claim}")]),
            new("list 50 claims", ["GET /domains?limit=50", "GET /domains?limit=50"]),
            new("verify", [.. claims.Select(claim => $"POST {claim}/verify")]),
        ];
        foreach (var subject in subjects)
        {
            await wrk.RunAsync(host.Address, subject.Requests, options.Connections, WarmUpSeconds);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var subject in subjects)
            {
                var before = await host.ReadAsync();
                var result = await wrk.RunAsync(host.Address, subject.Requests, options.Connections, options.Seconds);
                var after = await host.ReadAsync();
                subject.Rounds.Add(result);
                subject.ProcessorMicroseconds.Add((after.ProcessorMilliseconds - before.ProcessorMilliseconds) * 1e3 / result.Requests);
            }
        }

        Report(database, subjects);
        var errors = subjects.Sum(subject => subject.Errors);
        if (options.SoakSeconds > 0)
        {
            errors += await Soak.RunAsync(database, host, wrk, [.. subjects[^1].Requests, .. subjects[^2].Requests], options);
        }

        folder.Delete(recursive: true);
        return errors;
    }

    private static void Report(string database, IReadOnlyList<LoadSubject> subjects)
    {
        var empty = subjects[0];
        var table = new Table(database, "request", "requests/s", "of empty", "p50 ms", "p99 ms", "CPU us", "errors");
        foreach (var subject in subjects)
        {
            table.Add(
                subject.Name,
                Table.Number(subject.PerSecond),
                Table.Number(subject.RatioTo(empty), "N3"),
                Table.Number(subject.Median, "N2"),
                Table.Number(subject.P99, "N2"),
                Table.Number(subject.Processor),
                Table.Number(subject.Errors));
        }
    }
}
