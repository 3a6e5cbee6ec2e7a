using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DomainVerification.DnsBenchmarks.Measuring;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>A process with .NET clients, of which one at a time has its turn.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _clients;
    private Process? _process;

    public WorkerProcess(IReadOnlyList<string> clients, string endpoint, int names)
    {
        _clients = clients;
        var number = names.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [.. Assembly(), "worker", string.Join(',', clients), endpoint, number])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        });
    }

    public async Task<Turn> RunAsync(string client, int queries, int inFlight)
    {
        var number = _clients.ToList().IndexOf(client);
        await _process!.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{number} {queries} {inFlight}"));
        var line = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The worker for {client} ended; its errors are above.");
        return JsonSerializer.Deserialize<Turn>(line, Json.Options)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    // Under the shared host the process is "dotnet", which wants to be told the assembly.
    private static string[] Assembly() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(WorkerProcess).Assembly.Location] : [];
}
