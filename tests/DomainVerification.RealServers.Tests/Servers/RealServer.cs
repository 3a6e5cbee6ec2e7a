using System.Net;
using DomainVerification.Dns;

namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>A DNS server of somebody else's making, on loopback, with all that it writes in a temporary folder.</summary>
public abstract class RealServer : IAsyncDisposable
{
    private const int MaxStarts = 3;

    private static readonly UdpDnsTransport Udp = new(TimeProvider.System);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly DnsQuery Probe = new(new DnsQuestion(DnsName.Parse("probe.example"), DnsRecordType.SOA), default, null);

    private DaemonProcess? _process;

    /// <summary>Where the server listens, over UDP and TCP.</summary>
    public DnsServerEndpoint Endpoint { get; private set; } = null!;

    /// <summary>The last lines of the server's log, for messages of failed tests.</summary>
    internal string Log => _process?.Output ?? string.Empty;

    /// <summary>Where the server is to listen, and at which port; null for one that is free.</summary>
    internal IPAddress Address { get; init; } = IPAddress.Loopback;

    internal int? Port { get; init; }

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("dv-").FullName;

    private protected abstract string Program { get; }

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It does not start; the message holds its log.</exception>
    internal async Task StartAsync()
    {
        for (var starts = 1; ; starts++)
        {
            Endpoint = new DnsServerEndpoint(Address, Port ?? LoopbackPort.FindFree());
            WriteConfiguration();
            _process = new DaemonProcess(Program, Arguments(), Folder);
            await Polling.UntilAsync(AskAsync, state => state != ServerStart.Waiting, _ => $"{Program} does not answer.\n{Log}");
            if (!_process.HasExited)
            {
                return;
            }

            // Somebody else may have taken the port between its choice and the start.
            if (starts == MaxStarts)
            {
                throw new InvalidOperationException($"{Program} does not start.\n{Log}");
            }

            await _process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks the server once over UDP, without any retry.</summary>
    internal async Task<DnsMessage?> AskOnceAsync(DnsQuery query) =>
        (await Udp.ExchangeAsync(Endpoint, query, Patience, CancellationToken.None)).Response;

    /// <summary>Writes what the server reads when it starts; <see cref="Endpoint"/> is set.</summary>
    private protected abstract void WriteConfiguration();

    private protected abstract IEnumerable<string> Arguments();

    /// <summary>Gives back what the server holds besides its process and folder.</summary>
    private protected virtual void Release()
    {
    }

    private protected string PathOf(string file) => Path.Combine(Folder, file);

    private protected void Write(string file, string content) => File.WriteAllText(PathOf(file), content);

    private async Task<ServerStart> AskAsync()
    {
        if (_process!.HasExited)
        {
            return ServerStart.Ended;
        }

        return await AskOnceAsync(Probe) is null ? ServerStart.Waiting : ServerStart.Answers;
    }

    private enum ServerStart
    {
        Waiting,
        Answers,
        Ended,
    }
}
