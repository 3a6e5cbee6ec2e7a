using System.Numerics;

namespace DomainVerification.Dns;

/// <summary>The host names of servers of a zone, each of which has one vote, whatever addresses it has.</summary>
/// <param name="servers">The servers; not more of them than an integer has bits, where they are asked.</param>
internal sealed class ZoneHosts(IReadOnlyList<ZoneServer> servers)
{
    private readonly DnsName[] _names = [.. servers.Select(server => server.HostName).Distinct()];

    /// <summary>The bit that stands for the host name of a server.</summary>
    /// <param name="index">The server's place.</param>
    public uint BitOf(int index) => 1u << Array.IndexOf(_names, servers[index].HostName);

    /// <summary>Whether host names are more than half of all.</summary>
    /// <param name="hosts">The bits of all of them.</param>
    public bool IsMajority(uint hosts) => BitOperations.PopCount(hosts) * 2 > _names.Length;
}
