using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DomainVerification.Kill.Host;
using DomainVerification.Kill.Tests.Invariants;

namespace DomainVerification.Kill.Tests.Processes;

/// <summary>A worker process. It ends when its input does, so that it never outlives the test.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int ContinueSignal = 18;
    private const int StopSignal = 19;

    // Long enough for a machine that has much else to do: a rare step takes many rounds of the load to come by.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(6);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _spared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostProcess(HostArguments arguments)
    {
        Node = arguments.Node;
        var program = Path.Combine(AppContext.BaseDirectory, "DomainVerification.Kill.Host.dll");
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", ["exec", program, .. arguments.Write()])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,

                // Most of these processes live for seconds: what they would spend on faster code, they never get back.
                Environment = { ["DOTNET_TC_CallCounting"] = "0", ["DOTNET_TieredPGO"] = "0" },
            },
        };
        _process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? string.Empty);
        _process.Start();
        _process.BeginErrorReadLine();
        _reading = ReadAsync();
    }

    public int Node { get; }

    /// <summary>The changes that callers inside the process were told of.</summary>
    public ConcurrentQueue<Acknowledgement> Acknowledged { get; } = new();

    /// <summary>The changes that were to leave no event.</summary>
    public ConcurrentQueue<SilentChange> Silent { get; } = new();

    /// <summary>The exceptions that it met.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public bool HasEnded => _reading.IsCompleted;

    /// <summary>The step that it died at.</summary>
    public string? DiedAt { get; private set; }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _reading;
        _process.Dispose();
    }

    public Task WaitUntilReadyAsync() => WaitAsync(_ready.Task, "get ready");

    public Task WaitForAcknowledgementAsync()
    {
        _acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return WaitAsync(_acknowledged.Task, "acknowledge anything");
    }

    public Task LoadAsync() => SendAsync(Orders.Load);

    public Task ArmAsync(string step, int passing) =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $"{Orders.Kill} {step} {passing}"));

    /// <summary>Takes back what <see cref="ArmAsync"/> ordered, unless the process dies of it meanwhile.</summary>
    public async Task SpareAsync()
    {
        _spared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await SendAsync(Orders.Spare);
        }
        catch (IOException)
        {
            // It is dead already, and cannot read.
        }

        await WaitAsync(Task.WhenAny(_spared.Task, _reading), "be spared");
    }

    public async Task QuietenAsync()
    {
        _quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(Orders.Quiet);
        await WaitAsync(_quiet.Task, "stop its load");
    }

    /// <summary>Kills the process with SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Halts the process, as a machine that swaps does; it does not notice.</summary>
    public void Halt() => _ = Signal(_process.Id, StopSignal);

    /// <summary>Lets a halted process go on.</summary>
    public void Resume() => _ = Signal(_process.Id, ContinueSignal);

    /// <summary>Waits until the process is gone and all that it wrote is read.</summary>
    public Task WaitForEndAsync(string cause) => WaitAsync(_reading, $"come to its end {cause}");

    /// <summary>Waits until one of the processes is gone, as <see cref="WaitForEndAsync"/>.</summary>
    public static Task WaitForFirstEndAsync(IReadOnlyList<HostProcess> processes, string cause) =>
        processes[0].WaitAsync(Task.WhenAny(processes.Select(process => process._reading)), $"come to its end {cause}, nor did another");

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Take(line);
        }

        await _process.WaitForExitAsync();
    }

    private void Take(string line)
    {
        switch (line.Split(' ', 4))
        {
            case [Reports.Ready]:
                _ready.TrySetResult();
                break;
            case [Reports.Quiet]:
                _quiet.TrySetResult();
                break;
            case [Reports.Spared]:
                _spared.TrySetResult();
                break;
            case [Reports.Dying, var step]:
                DiedAt = step;
                break;
            case [Reports.Silent, var claim, var version]:
                Silent.Enqueue(new SilentChange(Claim(claim), Version(version)));
                break;
            case [Reports.Acknowledged, var claim, var version, var status]:
                Acknowledged.Enqueue(new Acknowledgement(Claim(claim), Version(version), Enum.Parse<ClaimStatus>(status)));
                _acknowledged.TrySetResult();
                break;
            default:
                Faults.Enqueue(line);
                break;
        }
    }

    private async Task SendAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
    }

    private async Task WaitAsync(Task task, string what)
    {
        try
        {
            await task.WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            var output = string.Join('\n', _errors.Concat(Faults).TakeLast(20));
            throw new TimeoutException($"Process {Node} did not {what} within {Deadline.TotalSeconds} s.\n{output}");
        }
    }

    private static ClaimId Claim(string word) => ClaimId.Parse(word, CultureInfo.InvariantCulture);

    private static long Version(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int processId, int signal);
}
