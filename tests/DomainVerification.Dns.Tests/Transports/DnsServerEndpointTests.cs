using System.Net;

namespace DomainVerification.Dns.Tests;

public sealed class DnsServerEndpointTests
{
    [Theory]
    [InlineData("192.0.2.53", "192.0.2.53:53")]
    [InlineData("192.0.2.53:5353", "192.0.2.53:5353")]
    [InlineData("2001:db8::53", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]", "[2001:db8::53]:53")]
    [InlineData("[2001:db8::53]:5353", "[2001:db8::53]:5353")]
    [InlineData("fe80::1%2", "[fe80::1%2]:53")]
    [InlineData("::1", "[::1]:53")]
    [InlineData("tls://192.0.2.53#dns.example", "tls://192.0.2.53:853#dns.example")]
    [InlineData("tls://192.0.2.53:8853#DNS.Example", "tls://192.0.2.53:8853#dns.example")]
    [InlineData("tls://[2001:db8::53]#dns.example", "tls://[2001:db8::53]:853#dns.example")]
    [InlineData("tls://[2001:db8::53]:853#localhost", "tls://[2001:db8::53]:853#localhost")]
    [InlineData("tls://[fe80::1%2]#dns.example", "tls://[fe80::1%2]:853#dns.example")]
    [InlineData("https://192.0.2.53/dns-query#dns.example", "https://192.0.2.53:443/dns-query#dns.example")]
    [InlineData("https://192.0.2.53:8443/#xn--bcher-kva.example", "https://192.0.2.53:8443/#xn--bcher-kva.example")]
    [InlineData("https://[2001:db8::53]/a/b~c/d.e#dns.example", "https://[2001:db8::53]:443/a/b~c/d.e#dns.example")]
    public void TryParse_AddressWithOrWithoutPort_IsTaken(string text, string written)
    {
        Assert.True(DnsServerEndpoint.TryParse(text, out var server));
        Assert.Equal(written, server.ToString());
        Assert.Equal(server, DnsServerEndpoint.Parse(written));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("dns.example.com")]
    [InlineData("192.0.2.300")]
    [InlineData("192.0.2.53:")]
    [InlineData("192.0.2.53:0")]
    [InlineData("192.0.2.53:65536")]
    [InlineData("192.0.2.53:+53")]
    [InlineData("192.0.2.53:dns")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("[192.0.2.53]:53")]
    [InlineData("[2001:db8::53")]
    [InlineData("[2001:db8::53]:")]
    [InlineData("[2001:db8::53]5353")]
    [InlineData("[]:53")]
    [InlineData("[2001:db8::53]#dns.example")]
    [InlineData("192.0.2.53#dns.example")]
    [InlineData("tls://")]
    [InlineData("tls://192.0.2.53")]
    [InlineData("tls://192.0.2.53#")]
    [InlineData("tls://#dns.example")]
    [InlineData("tls://dns.example#dns.example")]
    [InlineData("tls://2001:db8::53#dns.example")]
    [InlineData("tls://[192.0.2.53]#dns.example")]
    [InlineData("tls://[2001:db8::53#dns.example")]
    [InlineData("tls://[2001:db8::53]x#dns.example")]
    [InlineData("tls://[[2001:db8::53]]#dns.example")]
    [InlineData("tls://192.0.2.53/#dns.example")]
    [InlineData("tls://192.0.2.53:0#dns.example")]
    [InlineData("tls://192.0.2.53:#dns.example")]
    [InlineData("tls://192.0.2.53:65536#dns.example")]
    [InlineData("tls://127.1#dns.example")]
    [InlineData("tls://user@192.0.2.53#dns.example")]
    [InlineData("tls:192.0.2.53#dns.example")]
    [InlineData("TLS://192.0.2.53#dns.example")]
    [InlineData("tls://192.0.2.53#192.0.2.53")]
    [InlineData("tls://192.0.2.53#2001:db8::53")]
    [InlineData("tls://192.0.2.53#dns.example.")]
    [InlineData("tls://192.0.2.53#.example")]
    [InlineData("tls://192.0.2.53#-a.example")]
    [InlineData("tls://192.0.2.53#b\u00fccher.example")]
    [InlineData("tls://192.0.2.53#dns.example#dns.example")]
    [InlineData("tls://192.0.2.53#*.example")]
    [InlineData("tls://192.0.2.53 #dns.example")]
    [InlineData("http://192.0.2.53/dns-query#dns.example")]
    [InlineData("https://192.0.2.53#dns.example")]
    [InlineData("https:///dns-query#dns.example")]
    [InlineData("https://192.0.2.53/dns-query")]
    [InlineData("https://dns.example/dns-query")]
    [InlineData("https://dns.example/dns-query#dns.example")]
    [InlineData("https://192.0.2.53/dns-query{?dns}#dns.example")]
    [InlineData("https://192.0.2.53/dns-query?dns=#dns.example")]
    [InlineData("https://192.0.2.53/a/../b#dns.example")]
    [InlineData("https://192.0.2.53/a b#dns.example")]
    [InlineData("https://192.0.2.53/%61#dns.example")]
    public void TryParse_AnythingElse_AnswersFalse(string? text)
    {
        Assert.False(DnsServerEndpoint.TryParse(text, out var server));
        Assert.Null(server);
    }

    [Fact]
    public void TryParse_LongerThanAnyServer_AnswersFalse() =>
        Assert.False(DnsServerEndpoint.TryParse($"https://192.0.2.53/{new string('a', 500)}#dns.example", out _));

    [Fact]
    public void TryParse_EncryptedServer_HasAllItsParts()
    {
        var https = DnsServerEndpoint.Parse("https://[2001:db8::53]:8443/query#dns.example");
        var tls = DnsServerEndpoint.Parse("tls://192.0.2.53#dns.example");

        Assert.Equal((DnsServerProtocol.Https, 8443, "/query", "dns.example"), (https.Protocol, https.Port, https.Path, https.ServerName));
        Assert.Equal((DnsServerProtocol.Tls, 853, null, "dns.example"), (tls.Protocol, tls.Port, tls.Path, tls.ServerName));
        Assert.Equal("192.0.2.53", tls.Address.ToString());
    }

    [Fact]
    public void Equals_AnyOtherPart_IsAnotherServer()
    {
        string[] servers =
        [
            "192.0.2.53:853",
            "tls://192.0.2.53:853#a.example",
            "tls://192.0.2.53:853#b.example",
            "tls://192.0.2.53:854#a.example",
            "https://192.0.2.53:853/a#a.example",
            "https://192.0.2.53:853/b#a.example",
        ];

        Assert.Equal(servers.Length, servers.Select(DnsServerEndpoint.Parse).ToHashSet().Count);
        Assert.Equal(DnsServerEndpoint.Parse(servers[1]), DnsServerEndpoint.OverTls(IPAddress.Parse("192.0.2.53"), "A.example"));
    }

    [Theory]
    [InlineData("192.0.2.53")]
    [InlineData("a b")]
    [InlineData("")]
    public void OverTls_NoName_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => DnsServerEndpoint.OverTls(IPAddress.Loopback, name));

    [Theory]
    [InlineData("")]
    [InlineData("dns-query")]
    [InlineData("/a?b")]
    public void OverHttps_NoPath_Throws(string path) =>
        Assert.Throws<ArgumentException>(() => DnsServerEndpoint.OverHttps(IPAddress.Loopback, "dns.example", path));

    [Fact]
    public void Parse_AnythingElse_ThrowsAndSaysWhatIsAllowed()
    {
        var exception = Assert.Throws<FormatException>(() => DnsServerEndpoint.Parse("dns.example.com"));

        Assert.Contains("tls://192.0.2.53:853#dns.example", exception.Message, StringComparison.Ordinal);
    }
}
