using System.Net;

namespace DomainVerification.Dns;

/// <summary>
/// One HTTP client for each server, since a client shares connections by the host in the URL alone: two servers with one name would get each
/// other's queries.
/// </summary>
internal sealed class HttpsClients(IStreamConnector connector) : IDisposable
{
    private const int MaxUnused = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<DnsServerEndpoint, HttpsClient> _clients = [];
    private bool _isDisposed;

    /// <summary>The client of a server; to be given back.</summary>
    /// <exception cref="ObjectDisposedException">The owner was disposed.</exception>
    public HttpsClient Take(DnsServerEndpoint server)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(HttpsDnsTransport));
            if (!_clients.TryGetValue(server, out var client))
            {
                client = _clients[server] = new HttpsClient(Handler(server));
            }

            client.Users++;
            return client;
        }
    }

    public void GiveBack(DnsServerEndpoint server)
    {
        List<HttpsClient> unused = [];
        lock (_gate)
        {
            if (_clients.TryGetValue(server, out var client))
            {
                client.Users--;
            }

            if (_clients.Count > MaxUnused)
            {
                foreach (var (idle, its) in _clients.Where(pair => pair.Value.Users == 0).ToList())
                {
                    _clients.Remove(idle);
                    unused.Add(its);
                }
            }
        }

        unused.ForEach(client => client.Dispose());
    }

    public void Dispose()
    {
        List<HttpsClient> all;
        lock (_gate)
        {
            _isDisposed = true;
            all = [.. _clients.Values];
            _clients.Clear();
        }

        all.ForEach(client => client.Dispose());
    }

    private SocketsHttpHandler Handler(DnsServerEndpoint server) => new()
    {
        // The address is the endpoint's, whatever the name in the URL may lead to; the TLS handshake is done when the stream comes out.
        ConnectCallback = (_, cancellationToken) => connector.ConnectAsync(server, cancellationToken),
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
    };
}
