using System.Diagnostics;
using System.Net.Http.Json;

namespace DomainVerification.LoadBenchmarks.Serving;

/// <summary>The host in a process of its own, so that its memory and processor time are its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HostProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
        Client.DefaultRequestHeaders.Add("Authorization", KeyScheme.Key);
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public static async Task<HostProcess> StartAsync(string database, string connection, string nameserver)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [.. IsShared ? new[] { typeof(HostProcess).Assembly.Location } : [], "serve", database, connection, nameserver])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The host did not start; its errors are above.");
        return new HostProcess(process, new Uri(address));
    }

    public async Task<HostReading> ReadAsync() => (await Client.GetFromJsonAsync<HostReading>("/reading"))!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Under the shared host the process is "dotnet", which wants to be told the assembly.
    private static bool IsShared => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
}
