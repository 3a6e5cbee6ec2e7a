namespace DomainVerification.Dns;

/// <summary>Where the name space begins: the root servers, or those of a private name space.</summary>
internal sealed class RootHints
{
    // As IANA lists them (https://www.iana.org/domains/root/servers); which servers there are is asked again by priming (RFC 9609).
    private static readonly string[] Public =
    [
        "a 198.41.0.4 2001:503:ba3e::2:30",
        "b 170.247.170.2 2801:1b8:10::b",
        "c 192.33.4.12 2001:500:2::c",
        "d 199.7.91.13 2001:500:2d::d",
        "e 192.203.230.10 2001:500:a8::e",
        "f 192.5.5.241 2001:500:2f::f",
        "g 192.112.36.4 2001:500:12::d0d",
        "h 198.97.190.53 2001:500:1::53",
        "i 192.36.148.17 2001:7fe::53",
        "j 192.58.128.30 2001:503:c27::2:30",
        "k 193.0.14.129 2001:7fd::1",
        "l 199.7.83.42 2001:500:9f::42",
        "m 202.12.27.33 2001:dc3::35",
    ];

    /// <param name="endpoints">The servers of a private name space; empty for the public one.</param>
    public RootHints(IReadOnlyList<DnsServerEndpoint> endpoints)
    {
        Servers = endpoints.Count == 0
            ? [.. Public.SelectMany(Read)]
            : [.. endpoints.Select((endpoint, i) => new ZoneServer(DnsName.Parse($"hint{i}.root-servers"), endpoint))];
        Port = Servers[0].Endpoint.Port;
        IsPrivate = Servers.Any(server => SpecialPurposeAddresses.Contains(server.Endpoint.Address));
    }

    public IReadOnlyList<ZoneServer> Servers { get; }

    /// <summary>The port of every server of the name space, since delegations name none.</summary>
    public int Port { get; }

    /// <summary>Whether the name space begins at a special-purpose address, and may then lead to others.</summary>
    public bool IsPrivate { get; }

    private static IEnumerable<ZoneServer> Read(string line)
    {
        var parts = line.Split(' ');
        var name = DnsName.Parse($"{parts[0]}.root-servers.net");
        return parts[1..].Select(address => new ZoneServer(name, DnsServerEndpoint.Parse(address)));
    }
}
