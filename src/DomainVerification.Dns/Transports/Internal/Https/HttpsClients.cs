namespace DomainVerification.Dns;

/// <summary>
/// One HTTP client for each server, since a client shares connections by the host in the URL alone: two servers with one name would get each
/// other's queries.
/// </summary>
/// <param name="connector">Connects where handlers are made here.</param>
/// <param name="kept">
/// Finds the handler that somebody else keeps for a server. It stays good as long as the owner lives, and its connections are closed with the
/// owner. Null, for a server that there is none for, has one made here, which is forgotten when many are not used.
/// </param>
internal sealed class HttpsClients(TlsConnector connector, Func<DnsServerEndpoint, HttpMessageHandler?> kept) : IDisposable
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
                client = _clients[server] = Make(server);
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
                foreach (var (idle, its) in _clients.Where(pair => pair.Value is { Users: 0, IsKept: false }).ToList())
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

    private HttpsClient Make(DnsServerEndpoint server) => kept(server) is { } handler
        ? new HttpsClient(handler, isKept: true)
        : new HttpsClient(HttpsHandler.Create(server, connector), isKept: false);
}
