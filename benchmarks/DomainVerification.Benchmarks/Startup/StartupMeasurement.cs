using System.Diagnostics;
using System.Globalization;
using DomainVerification.Testing;

namespace DomainVerification.Benchmarks.Startup;

/// <summary>What the first look costs, each in a process of its own, in turns.</summary>
internal static class StartupMeasurement
{
    private const int Rounds = 21;

    public static async Task<int> RunAsync()
    {
        var world = new DnsWorld();
        world.Zone(FirstCheck.Domain).Txt(FirstCheck.RecordName + ".", FirstCheck.Value);
        await using var server = LoopbackDnsServer.Start(world);
        var times = FirstCheck.Kinds.ToDictionary(kind => kind, _ => new List<double>());

        // The first round only warms the files.
        for (var round = -1; round < Rounds; round++)
        {
            foreach (var kind in FirstCheck.Kinds)
            {
                var time = await RunAsync(kind, server.Endpoint.ToString());
                if (round >= 0)
                {
                    times[kind].Add(time);
                }
            }
        }

        var (bare, registered) = (Median(times["bare"]), Median(times["registered"]));
        Console.WriteLine("| first look | ms | of bare | of registered |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var (kind, all) in times)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {kind} | {Median(all):N0} | {Median(all) / bare:N2} | {Median(all) / registered:N2} |"));
        }

        return 0;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<double> RunAsync(string kind, string server)
    {
        // Under the shared host the process is "dotnet", which wants to be told the assembly.
        var isShared = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var arguments = new[] { "first-check", kind, server };
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            isShared ? [typeof(StartupMeasurement).Assembly.Location, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? double.Parse(line, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The look of the kind '{kind}' did not find what it should.");
    }
}
