using System.Diagnostics;
using System.Threading.Channels;

namespace DomainVerification.Docs.Tests.Samples;

/// <summary>A sample that runs as a user runs it, in a process of its own on a free port. It ends with the test.</summary>
internal sealed class SampleProcess : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(3));
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly Process _process;

    private SampleProcess(string name, string[] arguments)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        var program = Path.Combine(RepositoryFiles.Root, "docs", "samples", name, "bin", configuration, "net10.0", $"{name}.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", program, "--urls", "http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Writer.TryWrite(line.Data ?? string.Empty);
        _process.BeginOutputReadLine();
    }

    public HttpClient Client { get; } = new();

    /// <summary>All lines that were read so far.</summary>
    public string Output => string.Join('\n', _seen);

    public static async Task<SampleProcess> StartAsync(string name, params string[] arguments)
    {
        var sample = new SampleProcess(name, arguments);
        try
        {
            var line = await sample.ReadUntilAsync(line => line.Contains(Listening, StringComparison.Ordinal));
            sample.Client.BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
            return sample;
        }
        catch
        {
            sample.Dispose();
            throw;
        }
    }

    /// <summary>Reads what the sample prints until a line is as it should be.</summary>
    public async Task<string> ReadUntilAsync(Predicate<string> wanted)
    {
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(_deadline.Token);
                _seen.Add(line);
                if (wanted(line))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The sample did not print what it should. It printed:\n{Output}");
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _deadline.Dispose();
    }
}
