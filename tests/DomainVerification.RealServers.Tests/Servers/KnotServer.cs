namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>Knot DNS: zones by <c>knotc reload</c> of a changed configuration, records by dynamic update with TSIG.</summary>
public sealed class KnotServer : AuthoritativeServer
{
    private readonly List<ServerZone> _zones = [];

    private protected override string Program => "knotd";

    internal override async Task PublishAsync(ServerZone zone, IReadOnlyList<string> records)
    {
        await Command.RunAsync("knsupdate", ["-y", $"hmac-sha256:update:{TransactionKey.Secret}"], Update(zone, records));
        await WaitForAsync(zone);
    }

    private protected override Task ServeAsync(ServerZone zone)
    {
        _zones.Add(zone);
        WriteConfiguration();
        return Command.RunAsync("knotc", ["-s", PathOf("control"), "reload"]);
    }

    private protected override IEnumerable<string> Arguments() => ["-c", PathOf("knot.conf")];

    private protected override void WriteConfiguration() => Write(
        "knot.conf",
        $"""
        server:
          rundir: "{Folder}"
          listen: "{Endpoint.Address}@{Endpoint.Port}"
          nsid: "{Identity}"
          udp-workers: 1
          tcp-workers: 1
          background-workers: 1
        control:
          listen: "{PathOf("control")}"
        log:
          - target: stderr
            any: info
        database:
          storage: "{Folder}"
        key:
          - id: update
            algorithm: hmac-sha256
            secret: "{TransactionKey.Secret}"
        acl:
          - id: update
            key: update
            action: update
        template:
          - id: default
            storage: "{Folder}"
            acl: update
        zone:
        {string.Join('\n', _zones.Select(zone => $"  - domain: {zone.Origin}\n    file: \"{FileOf(zone)}\""))}

        """);
}
