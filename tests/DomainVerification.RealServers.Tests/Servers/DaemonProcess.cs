using System.Diagnostics;
using System.Runtime.InteropServices;
using DomainVerification.RealServers.Tests.Programs;

namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>A daemon in the foreground, as a child of the tests, ended by its own process id.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int KeptLines = 60;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Queue<string> _lines = new();

    internal DaemonProcess(string program, IEnumerable<string> arguments, string folder)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(InstalledProgram.Require(program), arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal bool HasExited => _process.HasExited;

    /// <summary>The last lines that the daemon wrote.</summary>
    internal string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, Terminate);
        }

        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await _process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
            {
                _lines.Dequeue();
            }
        }
    }

    // .NET can only kill, which would leave the children of a daemon behind.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);
}
