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
    public void TryParse_AnythingElse_AnswersFalse(string? text)
    {
        Assert.False(DnsServerEndpoint.TryParse(text, out var server));
        Assert.Null(server);
    }

    [Fact]
    public void Parse_AnythingElse_Throws() => Assert.Throws<FormatException>(() => DnsServerEndpoint.Parse("dns.example.com"));
}
