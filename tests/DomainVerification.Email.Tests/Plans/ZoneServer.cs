using System.Net;
using DomainVerification.Dns;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Email.Tests.Plans;

/// <summary>An authoritative server of somebody else's making, on loopback, that serves zone files as they are when it starts.</summary>
internal sealed class ZoneServer : IAsyncDisposable
{
    private const int MaxStarts = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("dv-plans-").FullName;
    private readonly string _program;
    private readonly Dictionary<string, string> _zones;
    private DaemonProcess? _process;

    private ZoneServer(string program, Dictionary<string, string> zones) => (_program, _zones) = (program, zones);

    internal ConfiguredServersResolver Resolver { get; private set; } = null!;

    /// <summary>Starts <c>named</c> or <c>knotd</c> and waits until it answers for every zone.</summary>
    /// <param name="program">The program.</param>
    /// <param name="zones">The records of each zone, without SOA and NS.</param>
    internal static async Task<ZoneServer> StartAsync(string program, Dictionary<string, string> zones)
    {
        var server = new ZoneServer(program, zones);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A whole zone around some records.</summary>
    internal static string Zone(string name, string records) =>
        $"""
        $ORIGIN {name}.
        $TTL 60
        @ IN SOA ns hostmaster 1 3600 600 86400 60
        @ IN NS ns
        ns IN A 127.0.0.1
        {records}

        """;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        foreach (var (name, records) in _zones)
        {
            await File.WriteAllTextAsync(PathOf($"{name}.zone"), Zone(name, records));
        }

        for (var starts = 1; ; starts++)
        {
            var endpoint = new DnsServerEndpoint(IPAddress.Loopback, LoopbackPort.FindFree());
            Resolver = new ConfiguredServersResolver(
                new DnsResolverOptions { Servers = { endpoint.ToString() } },
                TimeProvider.System,
                NullLogger<ConfiguredServersResolver>.Instance);
            var isBind = _program == "named";
            string[] arguments = ["-c", PathOf("conf")];
            await File.WriteAllTextAsync(PathOf("conf"), isBind ? Bind(endpoint.Port) : Knot(endpoint.Port));
            _process = new DaemonProcess(_program, isBind ? ["-g", "-n", "1", .. arguments] : arguments, _folder);
            await Polling.UntilAsync(
                AnswersAsync,
                answers => answers || _process.HasExited,
                _ => $"{_program} is silent.\n{_process.Output}");
            if (!_process.HasExited)
            {
                return;
            }

            // Somebody else may have taken the port between its choice and the start.
            Assert.True(starts < MaxStarts, $"{_program} does not start.\n{_process.Output}");
            await _process.DisposeAsync();
        }
    }

    private async Task<bool> AnswersAsync()
    {
        foreach (var name in _zones.Keys)
        {
            var lookup = await Resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(name), DnsRecordType.SOA), CancellationToken.None);
            if (lookup.Status != DnsLookupStatus.Answered)
            {
                return false;
            }
        }

        return true;
    }

    private string PathOf(string file) => Path.Combine(_folder, file);

    private string Bind(int port) =>
        $$"""
        controls { };
        options {
            directory "{{_folder}}";
            pid-file none;
            session-keyfile none;
            listen-on port {{port}} { 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            dnssec-validation no;
            empty-zones-enable no;
            notify no;
        };
        {{string.Join('\n', _zones.Keys.Select(name => $$"""zone "{{name}}" { type primary; file "{{name}}.zone"; };"""))}}

        """;

    private string Knot(int port) =>
        $"""
        server:
          rundir: "{_folder}"
          listen: "127.0.0.1@{port}"
          udp-workers: 1
          tcp-workers: 1
          background-workers: 1
        control:
          listen: "{PathOf("control")}"
        log:
          - target: stderr
            any: info
        database:
          storage: "{_folder}"
        template:
          - id: default
            storage: "{_folder}"
            file: "%s.zone"
        zone:
        {string.Join('\n', _zones.Keys.Select(name => $"  - domain: {name}"))}

        """;
}
