using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// The addresses that no check connects to: every row of the IANA registries of special-purpose addresses, those called globally reachable
/// included, multicast, and what is not assigned as unicast. Forms that wrap an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) are
/// refused as a whole, whatever they wrap: no public server has need of them, and none is unwrapped wrongly.
/// </summary>
internal static class SpecialPurposeAddresses
{
    private static readonly IPNetwork[] Networks =
    [
        .. (
            "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 "
            + "192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 "
            + "240.0.0.0/4 ::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001:db8::/32 2002::/16 "
            + "2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8").Split(' ').Select(IPNetwork.Parse),
    ];

    public static bool Contains(IPAddress address) =>
        address.AddressFamily switch
        {
            AddressFamily.InterNetwork => false,
            AddressFamily.InterNetworkV6 => !IsGlobalUnicast(address),
            _ => true,
        }
        || Array.Exists(Networks, network => network.Contains(address));

    /// <summary>
    /// Whether it is of 2000::/3, all that is assigned as global unicast (RFC 4291, section 2.4, and the IANA registry). By its octets,
    /// since <see cref="IPNetwork"/> takes a mapped address for the IPv4 one that it wraps.
    /// </summary>
    private static bool IsGlobalUnicast(IPAddress address) => address.ScopeId == 0 && (address.GetAddressBytes()[0] & 0xE0) == 0x20;
}
