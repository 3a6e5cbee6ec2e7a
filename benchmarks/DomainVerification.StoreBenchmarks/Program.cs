using DomainVerification.StoreBenchmarks.Commits;
using DomainVerification.StoreBenchmarks.Leases;
using DomainVerification.StoreBenchmarks.Measuring;
using DomainVerification.StoreBenchmarks.Memory;
using DomainVerification.StoreBenchmarks.Sweeps;
using DomainVerification.StoreBenchmarks.Takeovers;

var duration = args.Contains("--short") ? Duration.Short : Duration.Full;
await using var server = await PostgresServer.StartAsync(durable: true, sharedMegabytes: 1024);
(string Name, Func<Task> RunAsync)[] measurements =
[
    ("commits", () => CommitMeasurement.RunAsync(server, duration)),
    ("takeover", () => TakeoverMeasurement.RunAsync(server, duration)),
    ("leases", () => LeaseMeasurement.RunAsync(server, duration)),
    ("memory", () => MemoryMeasurement.RunAsync(duration)),
    ("sweep", () => SweepMeasurement.RunAsync(server, duration, isWhole: !args.Contains("--prepared"))),
];
var chosen = args.Where(argument => !argument.StartsWith('-')).ToHashSet(StringComparer.Ordinal);
if (chosen.Except(measurements.Select(measurement => measurement.Name)).ToList() is { Count: > 0 } unknown)
{
    var known = string.Join(", ", measurements.Select(measurement => measurement.Name));
    Console.Error.WriteLine($"Unknown: {string.Join(", ", unknown)}. There are: {known}.");
    return 1;
}

foreach (var measurement in measurements.Where(measurement => chosen.Count == 0 || chosen.Contains(measurement.Name)))
{
    await measurement.RunAsync();
}

return 0;
