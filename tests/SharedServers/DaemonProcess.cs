using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DomainVerification.Tests.Servers;

/// <summary>A daemon in the foreground, as a child of the tests, ended by its own process id.</summary>
internal sealed class DaemonProcess : IAsyncDisposable
{
    private const int KeptLines = 60;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Thread _parent;
    private readonly DaemonSignal _stop;
    private readonly Queue<string> _lines = new();

    internal DaemonProcess(string program, IEnumerable<string> arguments, string folder, DaemonSignal stop = DaemonSignal.Terminate)
    {
        _stop = stop;
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

        // A daemon that asks to end with its parent ends with the thread that started it, and those of the pool come and go.
        var started = new TaskCompletionSource();
        _parent = new Thread(() => Watch(started)) { IsBackground = true, Name = program };
        _parent.Start();
        started.Task.GetAwaiter().GetResult();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal int Id => _process.Id;

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
        await StopAsync(_stop);
        _parent.Join();
        _process.Dispose();
    }

    /// <summary>Sends a signal and waits for the end; a daemon that does not end in time is killed with its children.</summary>
    internal async Task StopAsync(DaemonSignal signal)
    {
        Send(signal);
        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await _process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    internal void Send(DaemonSignal signal)
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, (int)signal);
        }
    }

    private void Watch(TaskCompletionSource started)
    {
        try
        {
            _process.Start();
        }
        catch (Exception error)
        {
            started.SetException(error);
            return;
        }

        started.SetResult();
        _process.WaitForExit();
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

/// <summary>The signals that end daemons, by their numbers on Linux.</summary>
internal enum DaemonSignal
{
    Interrupt = 2,
    Quit = 3,
    Terminate = 15,
}
