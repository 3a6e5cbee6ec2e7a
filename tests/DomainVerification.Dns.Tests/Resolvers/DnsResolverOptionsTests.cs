using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Dns.Tests;

public sealed class DnsResolverOptionsTests
{
    [Fact]
    public void Defaults_ArePinnedAndValid()
    {
        DnsResolverOptions options = new();

        Assert.Empty(options.Servers);
        Assert.Equal(TimeSpan.FromSeconds(2), options.TryTimeout);
        Assert.Equal(2, options.TriesPerServer);
        Assert.Equal(256, options.MaxInFlightPerServer);
        Assert.Equal(TimeSpan.FromSeconds(10), options.Deadline);
        Assert.Equal(TimeSpan.FromSeconds(30), options.FailureRetention);
        Assert.Equal(DnsTransportMode.UdpThenTcp, options.Transport);
        Assert.Empty(options.Validate());
    }

    [Fact]
    public void Validate_EveryFault_NamesOptionValueAndAllowedRange()
    {
        DnsResolverOptions options = new()
        {
            TryTimeout = TimeSpan.Zero,
            TriesPerServer = 4,
            MaxInFlightPerServer = 0,
            Deadline = TimeSpan.FromMinutes(2),
            FailureRetention = TimeSpan.FromMilliseconds(1),
            Transport = (DnsTransportMode)9,
            Servers = { "192.0.2.53", "dns.example.com" },
        };

        Assert.Equal(
            [
                "Servers[1] is 'dns.example.com'; allowed is an IP address with an optional port, "
                    + "as in 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353, or an encrypted server by its address and the name in its "
                    + "certificate, as in tls://192.0.2.53:853#dns.example or https://[2001:db8::53]/dns-query#dns.example.",
                "TryTimeout is 00:00:00; allowed is 00:00:00.0100000 to 00:01:00.",
                "TriesPerServer is 4; allowed is 1 to 3.",
                "MaxInFlightPerServer is 0; allowed is 1 to 65535.",
                "Deadline is 00:02:00; allowed is 00:00:00.0100000 to 00:01:00.",
                "FailureRetention is 00:00:00.0010000; allowed is zero, or 00:00:01 to 00:05:00.",
                "Transport is 9; allowed is UdpThenTcp or TcpOnly.",
            ],
            options.Validate());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Validate_TooFewTries_IsAFault(int tries) => Assert.Single(new DnsResolverOptions { TriesPerServer = tries }.Validate());

    [Fact]
    public void Validate_EncryptedRootHint_IsAFault() => Assert.StartsWith(
        "RootHints[0] is 'tls://192.0.2.53#dns.example'; allowed is an IP address",
        Assert.Single(new DnsResolverOptions { RootHints = { "tls://192.0.2.53#dns.example" } }.Validate()),
        StringComparison.Ordinal);

    [Fact]
    public void Validate_TooManyServers_IsAFault()
    {
        DnsResolverOptions options = new();
        for (var i = 0; i < 17; i++)
        {
            options.Servers.Add("192.0.2.53");
        }

        Assert.Equal("Servers has 17 entries; at most 16 are allowed.", Assert.Single(options.Validate()));
    }

    [Fact]
    public void Resolver_InvalidOptions_ThrowsWithAllFaults()
    {
        DnsResolverOptions options = new() { TriesPerServer = 4, TryTimeout = TimeSpan.Zero };

        var exception = Assert.Throws<ArgumentException>(
            () => new ConfiguredServersResolver(options, TimeProvider.System, NullLogger<ConfiguredServersResolver>.Instance));
        Assert.Contains("TriesPerServer is 4", exception.Message, StringComparison.Ordinal);
        Assert.Contains("TryTimeout is 00:00:00", exception.Message, StringComparison.Ordinal);
    }
}
