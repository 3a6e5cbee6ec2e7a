using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DomainVerification.DnsBenchmarks.Measuring;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>A .NET client in a worker process.</summary>
internal sealed class WorkerSubject : ISubject
{
    private readonly Process _process;

    public WorkerSubject(string name, string endpoint, int names)
    {
        Name = name;
        _process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [.. Assembly(), "worker", name, endpoint, names.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public string Name { get; }

    public async Task<Turn> RunAsync(int queries, int inFlight)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{queries} {inFlight}"));
        var line = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The worker for {Name} ended; its errors are above.");
        return JsonSerializer.Deserialize<Turn>(line, Json.Options)!;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Under the shared host the process is "dotnet", which wants to be told the assembly.
    private static string[] Assembly() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(WorkerSubject).Assembly.Location] : [];
}
