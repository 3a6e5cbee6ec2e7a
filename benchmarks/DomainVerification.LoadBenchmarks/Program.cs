// A load run over real HTTP: wrk against a host of its own process, on SQLite and on PostgreSQL, with DNS on loopback.
//   dotnet run -c Release --project benchmarks/DomainVerification.LoadBenchmarks -- [sqlite] [postgres]
//     [--seconds 30] [--connections 32] [--rounds 5] [--claims 2000] [--soak 600]

using DomainVerification.LoadBenchmarks.Measuring;
using DomainVerification.LoadBenchmarks.Serving;

if (args is ["serve", var database, var connection, var nameserver])
{
    await LoadHost.RunAsync(database, connection, nameserver);
    return 0;
}

if (LoadOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(
        "usage: [sqlite] [postgres] [--seconds N] [--connections N] [--rounds N] [--claims N] [--soak SECONDS]");
    return 2;
}

if (InstalledProgram.Explain(["wrk"]) is { } missing)
{
    await Console.Error.WriteLineAsync(missing);
    return 1;
}

var errors = 0L;
foreach (var name in options.Databases)
{
    errors += await LoadMeasurement.RunAsync(name, options);
}

return errors == 0 ? 0 : 1;
