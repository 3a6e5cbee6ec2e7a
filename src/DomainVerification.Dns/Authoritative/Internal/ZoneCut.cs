using System.Numerics;

namespace DomainVerification.Dns;

/// <summary>A zone and the servers that it is delegated to.</summary>
/// <param name="Name">The apex of the zone.</param>
/// <param name="Servers">At least one.</param>
/// <param name="TimeToLive">How long the delegation holds.</param>
internal sealed record ZoneCut(DnsName Name, IReadOnlyList<ZoneServer> Servers, TimeSpan TimeToLive)
{
    private readonly DnsName[] _hosts = [.. Servers.Select(server => server.HostName).Distinct()];

    /// <summary>
    /// Whether so many rely on the zone that it is asked no more than it takes: the root, and what is right below it (RFC 9520, section 3.3).
    /// </summary>
    public bool IsShared => Name.LabelCount <= 1;

    /// <summary>The bit that stands for the host name of a server of a zone with not more of them than an integer has bits.</summary>
    /// <param name="index">The server's place.</param>
    public uint HostOf(int index) => 1u << Array.IndexOf(_hosts, Servers[index].HostName);

    /// <summary>Whether host names are more than half of all.</summary>
    /// <param name="hosts">The bits of all of them.</param>
    public bool IsMajority(uint hosts) => BitOperations.PopCount(hosts) * 2 > _hosts.Length;
}

/// <summary>One address of a server of a zone.</summary>
/// <param name="HostName">The name of the server.</param>
/// <param name="Endpoint">Where it listens.</param>
internal sealed record ZoneServer(DnsName HostName, DnsServerEndpoint Endpoint);
