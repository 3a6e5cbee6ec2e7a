using System.Diagnostics.Metrics;
using System.Net;

namespace DomainVerification.Dns;

/// <summary>What sends requests to one server, and to nobody else.</summary>
internal static class HttpsHandler
{
    /// <summary>Makes a handler, which connects when the first request comes.</summary>
    /// <param name="server">The only server that it reaches.</param>
    /// <param name="connector">Connects over TLS, and checks the certificate.</param>
    /// <param name="meters">Who counts requests and connections; the runtime's own where there is none.</param>
    public static SocketsHttpHandler Create(DnsServerEndpoint server, TlsConnector connector, IMeterFactory? meters = null) => new()
    {
        ConnectCallback = new PinnedServer(server, connector).ConnectAsync,
        ConnectTimeout = StreamLimits.Default.ConnectTime,
        PooledConnectionIdleTimeout = StreamLimits.Default.IdleTime,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),

        // A connection whose server has gone without a word must not keep one query after the other.
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = StreamLimits.Default.SilenceTime,
        KeepAlivePingTimeout = StreamLimits.Default.SilenceTime,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        Credentials = null,
        PreAuthenticate = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 8,
        MaxResponseDrainSize = 0,
        MeterFactory = meters,
    };

    /// <summary>Whether a handler is one that <see cref="Create"/> made for a server, with nothing around it.</summary>
    public static bool IsFor(DnsServerEndpoint server, HttpMessageHandler handler) =>
        handler is SocketsHttpHandler { UseProxy: false, AllowAutoRedirect: false, ConnectCallback.Target: PinnedServer pinned }
        && pinned.Server.Equals(server);

    /// <summary>What has the connections, behind whatever keeps it.</summary>
    public static HttpMessageHandler Innermost(HttpMessageHandler handler)
    {
        var innermost = handler;
        while (innermost is DelegatingHandler { InnerHandler: { } inner })
        {
            innermost = inner;
        }

        return innermost;
    }
}
