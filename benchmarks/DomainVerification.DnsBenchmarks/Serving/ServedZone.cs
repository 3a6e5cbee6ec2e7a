namespace DomainVerification.DnsBenchmarks.Serving;

/// <summary>A zone, on as many addresses of loopback as it has servers.</summary>
/// <param name="Apex">The name of the zone, directly below the root.</param>
/// <param name="Servers">How many servers it has: 127.0.0.1 and those that follow.</param>
/// <param name="WriteAsync">Writes the file of the zone.</param>
/// <param name="NamesIpv6">Whether each server is said to have an address of IPv6 too, where nobody listens (RFC 3849).</param>
internal sealed record ServedZone(string Apex, int Servers, Func<string, Task> WriteAsync, bool NamesIpv6 = false)
{
    /// <summary>The records that name the servers: the delegation in the zone above, and the same in the zone itself.</summary>
    public static string ServerRecords(string apex, int servers, bool namesIpv6) =>
        string.Concat(Enumerable.Range(1, servers).Select(server => Record(apex, server, namesIpv6)));

    private static string Record(string apex, int server, bool namesIpv6)
    {
        var host = server == 1 ? $"ns.{apex}" : $"ns{server}.{apex}";
        var ipv6 = namesIpv6 ? $"{host}. IN AAAA 2001:db8::{server}\n" : string.Empty;
        return $"{apex}. IN NS {host}.\n{host}. IN A 127.0.0.{server}\n{ipv6}";
    }
}
