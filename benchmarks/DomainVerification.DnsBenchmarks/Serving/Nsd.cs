using System.Net;
using System.Net.Sockets;

namespace DomainVerification.DnsBenchmarks.Serving;

/// <summary>NSD in one process on loopback, with buffers that do not drop what a thousand waiting queries send.</summary>
internal sealed class Nsd : IAsyncDisposable
{
    /// <summary>The zone that is served.</summary>
    public const string Apex = "example";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-dns-");
    private readonly IReadOnlyList<ServedZone> _zones;
    private DaemonProcess? _process;

    private Nsd(IReadOnlyList<ServedZone> zones) => _zones = zones;

    public string Endpoint { get; } = $"127.0.0.1:{LoopbackPort.FindFree()}";

    public int ProcessId => _process!.Id;

    /// <summary>Serves one zone, <see cref="Apex"/>, by one server.</summary>
    /// <param name="writeAsync">Writes the file of the zone.</param>
    public static Task<Nsd> StartAsync(Func<string, Task> writeAsync) => StartAsync([new ServedZone(Apex, 1, writeAsync)]);

    /// <summary>Serves zones, and a root that delegates them.</summary>
    public static async Task<Nsd> StartAsync(IReadOnlyList<ServedZone> zones)
    {
        var server = new Nsd(zones);
        foreach (var zone in zones)
        {
            await zone.WriteAsync(server.PathOf($"{zone.Apex}.zone"));
        }

        await File.WriteAllTextAsync(server.PathOf("root.zone"), server.Root());
        await File.WriteAllTextAsync(server.PathOf("nsd.conf"), server.Configuration());
        server._process = new DaemonProcess("nsd", ["-d", "-c", server.PathOf("nsd.conf")], server._folder.FullName);
        await server.WaitAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);

    private string Root()
    {
        var start = $"$ORIGIN .\n$TTL 86400\n@ IN SOA ns.{Apex}. hostmaster.{Apex}. 1 3600 600 86400 60\n@ IN NS ns.{Apex}.\n";
        return start + string.Concat(_zones.Select(zone => ServedZone.ServerRecords(zone.Apex, zone.Servers, zone.NamesIpv6)));
    }

    private string Configuration() =>
        $"""
        server:
        {string.Concat(Enumerable.Range(1, _zones.Max(zone => zone.Servers)).Select(Listen))}
          do-ip6: no
          server-count: 1
          username: ""
          chroot: ""
          zonesdir: "{_folder.FullName}"
          database: ""
          pidfile: "{PathOf("nsd.pid")}"
          zonelistfile: "{PathOf("zone.list")}"
          xfrdfile: "{PathOf("xfrd.state")}"
          xfrdir: "{_folder.FullName}"
          send-buffer-size: 4194304
          receive-buffer-size: 4194304
          rrl-ratelimit: 0
        remote-control:
          control-enable: no
        zone:
          name: "."
          zonefile: "root.zone"
        {string.Concat(_zones.Select(zone => $"zone:\n  name: \"{zone.Apex}\"\n  zonefile: \"{zone.Apex}.zone\"\n"))}
        """;

    private string Listen(int server) => $"  ip-address: 127.0.0.{server}@{IPEndPoint.Parse(Endpoint).Port}\n";

    private async Task WaitAsync()
    {
        byte[] query = [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7, .. "example"u8, 0, 0, 6, 0, 1];
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(IPEndPoint.Parse(Endpoint));
        for (var tries = 0; !_process!.HasExited && tries < 100; tries++)
        {
            using CancellationTokenSource patience = new(Pause);
            try
            {
                await socket.SendAsync(query, SocketFlags.None, patience.Token);
                await socket.ReceiveAsync(new byte[512], SocketFlags.None, patience.Token);
                return;
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                await Task.Delay(Pause);
            }
        }

        throw new InvalidOperationException($"NSD does not answer.\n{_process.Output}");
    }
}
