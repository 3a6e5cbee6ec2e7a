using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>No address of a special-purpose range is ever taken for a public server's.</summary>
public sealed class SpecialPurposeAddressTests
{
    private const int Draws = 500;

    /// <summary>The rows of the IANA registries of special-purpose addresses (RFC 6890), and multicast.</summary>
    public static TheoryData<string> Ranges =>
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32", "224.0.0.0/4", "::1/128", "::/128", "::ffff:0:0/96", "64:ff9b::/96",
        "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:2::/48", "2001:10::/28", "2001:20::/28",
        "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        "::/96", "::ffff:0:0:0/96", "4000::/3",
    ];

    [Theory]
    [MemberData(nameof(Ranges))]
    public void EveryAddressOfARange_IsRefused(string range)
    {
        var network = IPNetwork.Parse(range);
        var random = new Random(range.Length);

        Assert.True(SpecialPurposeAddresses.Contains(network.BaseAddress), range);
        for (var i = 0; i < Draws; i++)
        {
            var address = Draw(network, random);
            Assert.True(SpecialPurposeAddresses.Contains(address), $"{address} of {range}");
        }
    }

    [Fact]
    public void EveryWrappedAddress_IsRefused()
    {
        var random = new Random(4);
        for (var i = 0; i < Draws; i++)
        {
            var inner = new byte[4];
            random.NextBytes(inner);
            Assert.All(Wrappings(inner), address => Assert.True(SpecialPurposeAddresses.Contains(address), $"{address}"));
        }
    }

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:200::1")]
    [InlineData("2001:db7:ffff::1")]
    [InlineData("2001:db9::1")]
    [InlineData("2003::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2620:fe::fe")]
    [InlineData("3ffe:ffff::1")]
    public void NeighbourOfARange_IsAllowed(string address) => Assert.False(SpecialPurposeAddresses.Contains(IPAddress.Parse(address)));

    private static IEnumerable<IPAddress> Wrappings(byte[] inner)
    {
        var hidden = inner.Select(octet => (byte)~octet).ToArray();
        yield return new IPAddress(inner).MapToIPv6();
        yield return new IPAddress([.. new byte[12], .. inner]);
        yield return new IPAddress([0, 0x64, 0xFF, 0x9B, .. new byte[8], .. inner]);
        yield return new IPAddress([0, 0x64, 0xFF, 0x9B, 0, 1, .. inner[..2], 0, .. inner[2..], 0, 0, 0, 0, 0]);
        yield return new IPAddress([0x20, 0x02, .. inner, .. new byte[10]]);
        yield return new IPAddress([0x20, 0x01, 0, 0, .. new byte[8], .. hidden]);
    }

    private static IPAddress Draw(IPNetwork network, Random random)
    {
        var octets = network.BaseAddress.GetAddressBytes();
        for (var bit = network.PrefixLength; bit < octets.Length * 8; bit++)
        {
            octets[bit / 8] |= (byte)(random.Next(2) << (7 - (bit % 8)));
        }

        Assert.Equal(network.BaseAddress.AddressFamily, octets.Length == 4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6);
        return new IPAddress(octets);
    }
}
