using System.Net;
using System.Net.Sockets;

namespace DomainVerification.DnsBenchmarks.Serving;

/// <summary>NSD in one process on loopback, with buffers that do not drop what a thousand waiting queries send.</summary>
internal sealed class Nsd : IAsyncDisposable
{
    /// <summary>The zone that is served.</summary>
    public const string Apex = "example";

    private const string Root =
        $"""
        $ORIGIN .
        $TTL 86400
        @ IN SOA ns.{Apex}. hostmaster.{Apex}. 1 3600 600 86400 60
        @ IN NS ns.{Apex}.
        {Apex}. IN NS ns.{Apex}.
        ns.{Apex}. IN A 127.0.0.1

        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-dns-");
    private DaemonProcess? _process;

    public string Endpoint { get; } = $"127.0.0.1:{LoopbackPort.FindFree()}";

    public int ProcessId => _process!.Id;

    /// <param name="writeAsync">Writes the file of the zone.</param>
    public static async Task<Nsd> StartAsync(Func<string, Task> writeAsync)
    {
        var server = new Nsd();
        await writeAsync(server.PathOf("example.zone"));
        await File.WriteAllTextAsync(server.PathOf("root.zone"), Root);
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

    private string Configuration() =>
        $"""
        server:
          ip-address: 127.0.0.1@{IPEndPoint.Parse(Endpoint).Port}
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
        zone:
          name: "{Apex}"
          zonefile: "example.zone"

        """;

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
