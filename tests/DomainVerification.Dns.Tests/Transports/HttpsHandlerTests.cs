using System.Net;

namespace DomainVerification.Dns.Tests;

public class HttpsHandlerTests
{
    private static readonly DnsServerEndpoint Server = DnsServerEndpoint.Parse("https://192.0.2.53/dns-query#dns.example");

    [Fact]
    public void Create_HasNothingThatReachesFurther()
    {
        using var handler = Handler();

        Assert.Equal(
            (false, false, false, DecompressionMethods.None),
            (handler.UseProxy, handler.AllowAutoRedirect, handler.UseCookies, handler.AutomaticDecompression));
        Assert.Equal((8, 0, false), (handler.MaxResponseHeadersLength, handler.MaxResponseDrainSize, handler.PreAuthenticate));
        Assert.Null(handler.ActivityHeadersPropagator);
        Assert.Null(handler.Credentials);
        Assert.NotNull(handler.ConnectCallback);
    }

    [Theory]
    [InlineData("https://192.0.2.53:443/dns-query#dns.example", true)]
    [InlineData("https://192.0.2.54/dns-query#dns.example", false)]
    [InlineData("https://192.0.2.53:8443/dns-query#dns.example", false)]
    [InlineData("https://192.0.2.53/other#dns.example", false)]
    [InlineData("https://192.0.2.53/dns-query#other.example", false)]
    [InlineData("tls://192.0.2.53:443#dns.example", false)]
    public void IsFor_AnyServer_IsOnlyTheOneItWasMadeFor(string server, bool expected)
    {
        using var handler = Handler();

        Assert.Equal(expected, HttpsHandler.IsFor(DnsServerEndpoint.Parse(server), handler));
    }

    [Fact]
    public void IsFor_HandlerThatWasChanged_IsNot()
    {
        using var proxied = Handler();
        using var redirected = Handler();
        using var unpinned = Handler();
        using SocketsHttpHandler other = new();
        using HttpClientHandler another = new();
        proxied.UseProxy = true;
        redirected.AllowAutoRedirect = true;
        unpinned.ConnectCallback = null;

        Assert.All([proxied, redirected, unpinned, other, (HttpMessageHandler)another], handler => Assert.False(HttpsHandler.IsFor(Server, handler)));
    }

    private static SocketsHttpHandler Handler() => HttpsHandler.Create(Server, TlsConnector.ForHttp2([]));
}
