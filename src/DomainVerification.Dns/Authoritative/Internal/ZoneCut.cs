namespace DomainVerification.Dns;

/// <summary>A zone and the servers that it is delegated to.</summary>
/// <param name="Name">The apex of the zone.</param>
/// <param name="Servers">At least one.</param>
/// <param name="TimeToLive">How long the delegation holds.</param>
internal sealed record ZoneCut(DnsName Name, IReadOnlyList<ZoneServer> Servers, TimeSpan TimeToLive)
{
    /// <summary>The host names of all servers.</summary>
    public ZoneHosts Hosts { get; } = new(Servers);

    /// <summary>
    /// Whether so many rely on the zone that it is asked no more than it takes: the root, and what is right below it (RFC 9520, section 3.3).
    /// </summary>
    public bool IsShared => Name.LabelCount <= 1;
}

/// <summary>One address of a server of a zone.</summary>
/// <param name="HostName">The name of the server.</param>
/// <param name="Endpoint">Where it listens.</param>
internal sealed record ZoneServer(DnsName HostName, DnsServerEndpoint Endpoint);
