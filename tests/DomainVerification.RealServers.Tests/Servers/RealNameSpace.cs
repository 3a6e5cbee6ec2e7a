using System.Net;

namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>
/// A name space of its own on loopback, each server at an address of its own: a root that delegates <c>example</c>, and three servers of
/// different makers for the domains below it.
/// </summary>
public sealed class RealNameSpace : IAsyncLifetime
{
    private const string RootAddress = "127.0.53.1";
    private const string TopAddress = "127.0.53.2";

    private int _domains;

    public RealNameSpace()
    {
        Port = LoopbackPort.FindFree();
        Root = new KnotServer { Address = IPAddress.Parse(RootAddress), Port = Port };
        Top = new KnotServer { Address = IPAddress.Parse(TopAddress), Port = Port };

        // BIND listens only at addresses that an interface has.
        Bind = new BindServer { Port = Port };
        Knot = new KnotServer { Address = IPAddress.Parse("127.0.53.12"), Port = Port };
        Nsd = new NsdServer { Address = IPAddress.Parse("127.0.53.13"), Port = Port };
    }

    public KnotServer Root { get; }

    public BindServer Bind { get; }

    public KnotServer Knot { get; }

    public NsdServer Nsd { get; }

    internal int Port { get; }

    internal string RootHint => $"{RootAddress}:{Port}";

    private KnotServer Top { get; }

    private ServerZone Example { get; set; } = null!;

    public async Task InitializeAsync()
    {
        // xunit makes the fixture of a class even where all its tests are skipped.
        if (!InstalledProgram.AreRequired && InstalledProgram.Explain(["named", "knotd", "nsd"]) is not null)
        {
            return;
        }

        await Task.WhenAll(Root.StartAsync(), Top.StartAsync(), Bind.StartAsync(), Knot.StartAsync(), Nsd.StartAsync());
        await Root.AddZoneAsync(
            string.Empty,
            ["@ IN NS a.root-servers.example.", $"a.root-servers.example. IN A {RootAddress}"],
            "example IN NS a.nic.example.",
            $"a.nic.example. IN A {TopAddress}");
        Example = await Top.AddZoneAsync("example", ["@ IN NS a.nic", $"a.nic IN A {TopAddress}"]);
    }

    public async Task DisposeAsync()
    {
        foreach (var server in (RealServer[])[Root, Top, Bind, Knot, Nsd])
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>A domain that is delegated to some servers, with glue, and served by those of them that are given as <paramref name="at"/>.</summary>
    internal async Task<IReadOnlyList<ServerZone>> AddDomainAsync(
        IReadOnlyList<string> addresses,
        IReadOnlyList<AuthoritativeServer> at,
        params string[] records)
    {
        var name = NewName();
        await DelegateAsync(name, [.. addresses.Select((address, i) => ($"ns{i + 1}.{name}.", (string?)address))]);
        return await ServeAsync(name, at, records);
    }

    internal string NewName() => $"d{Interlocked.Increment(ref _domains)}.example";

    internal Task DelegateAsync(string name, params (string Host, string? Address)[] servers) => Example.AddAsync(
    [
        .. servers.Select(server => $"{name}. IN NS {server.Host}"),
        .. servers.Where(server => server.Address is not null).Select(server => $"{server.Host} IN A {server.Address}"),
    ]);

    internal static async Task<IReadOnlyList<ServerZone>> ServeAsync(
        string name,
        IReadOnlyList<AuthoritativeServer> at,
        params string[] records)
    {
        List<ServerZone> zones = [];
        foreach (var server in at)
        {
            zones.Add(await server.AddZoneAsync(name, ["@ IN NS ns1", "@ IN NS ns2", "ns1 IN A 127.0.0.1", "ns2 IN A 127.0.53.12"], records));
        }

        return zones;
    }
}
