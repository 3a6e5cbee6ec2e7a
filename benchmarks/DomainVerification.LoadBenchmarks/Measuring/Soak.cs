using DomainVerification.LoadBenchmarks.Loading;
using DomainVerification.LoadBenchmarks.Serving;
using DomainVerification.StoreBenchmarks.Measuring;

namespace DomainVerification.LoadBenchmarks.Measuring;

/// <summary>Memory of the host under load without a pause but for its readings, ten in all.</summary>
internal static class Soak
{
    private const int Readings = 10;
    private const double Megabyte = 1 << 20;

    /// <returns>How many requests failed.</returns>
    public static async Task<long> RunAsync(
        string database,
        HostProcess host,
        Wrk wrk,
        IReadOnlyList<string> requests,
        LoadOptions options)
    {
        var seconds = Math.Max(1, options.SoakSeconds / Readings);
        var table = new Table($"{database}: memory under load", "after s", "requests", "live heap MiB", "resident MiB", "errors");
        long errors = 0, sent = 0;
        for (var reading = 1; reading <= Readings; reading++)
        {
            var round = await wrk.RunAsync(host.Address, requests, options.Connections, seconds);
            var state = await host.ReadAsync();
            errors += round.Errors;
            sent += round.Requests;
            table.Add(
                Table.Number(reading * seconds),
                Table.Number(sent),
                Table.Number(state.HeapBytes / Megabyte, "N1"),
                Table.Number(state.ResidentBytes / Megabyte),
                Table.Number(errors));
        }

        return errors;
    }
}
