using System.Diagnostics;
using System.Globalization;
using DomainVerification.LoadBenchmarks.Serving;

namespace DomainVerification.LoadBenchmarks.Loading;

/// <summary>Runs wrk on loopback, with its files in a temporary folder.</summary>
internal sealed class Wrk : IDisposable
{
    private const int Threads = 2;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-wrk-");
    private readonly string _script;

    public Wrk()
    {
        _script = Path.Combine(_folder.FullName, "requests.lua");
        File.WriteAllText(_script, WrkScript.Text);
    }

    /// <param name="address">The host.</param>
    /// <param name="requests">Each a method and a path. Two threads share them out, so that no two connections send the same at once.</param>
    /// <param name="connections">The connections in all.</param>
    /// <param name="seconds">How long.</param>
    public async Task<WrkRound> RunAsync(Uri address, IReadOnlyList<string> requests, int connections, int seconds)
    {
        var file = Path.Combine(_folder.FullName, "requests.txt");
        await File.WriteAllLinesAsync(file, requests);
        string[] arguments =
        [
            $"-t{Threads}", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "-H", $"Authorization: {KeyScheme.Key}",
            "-s", _script, address.ToString(), "--", file, $"{Threads}",
        ];
        using var process = Process.Start(new ProcessStartInfo(InstalledProgram.Require("wrk"), arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var result = output.Split('\n').LastOrDefault(line => line.StartsWith("result ", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk ended with {process.ExitCode}.\n{output}");
        var numbers = result.Split(' ')[1..].Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new WrkRound(numbers[0] / (numbers[1] / 1e6), numbers[0], numbers[2], numbers[3] / 1e3, numbers[4] / 1e3);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
