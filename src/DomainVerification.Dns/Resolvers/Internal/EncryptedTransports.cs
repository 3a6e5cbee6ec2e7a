using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Dns;

/// <summary>The transports to encrypted servers, made when the first of their servers is asked.</summary>
/// <param name="timeProvider">The clock of the timeouts.</param>
/// <param name="trustedRoots">The only authorities to trust; those of the operating system where there are none.</param>
/// <param name="keptHandlers">The handlers of HTTPS that somebody else keeps, as <see cref="HttpsClients"/> wants them.</param>
internal sealed class EncryptedTransports(
    TimeProvider timeProvider,
    IReadOnlyList<X509Certificate2> trustedRoots,
    Func<DnsServerEndpoint, HttpMessageHandler?> keptHandlers) : IAsyncDisposable, IDisposable
{
    private readonly Lazy<TlsDnsTransport> _tls = new(() => new TlsDnsTransport(timeProvider, trustedRoots));
    private readonly Lazy<HttpsDnsTransport> _https = new(() => new HttpsDnsTransport(timeProvider, trustedRoots, keptHandlers));

    /// <summary>The only transport to a server; null for one that is spoken with in clear text.</summary>
    public IDnsTransport? Find(DnsServerEndpoint server) => server.Protocol switch
    {
        DnsServerProtocol.Tls => _tls.Value,
        DnsServerProtocol.Https => _https.Value,
        _ => null,
    };

    public void Dispose()
    {
        if (_tls.IsValueCreated)
        {
            _tls.Value.Dispose();
        }

        DisposeHttps();
    }

    public async ValueTask DisposeAsync()
    {
        if (_tls.IsValueCreated)
        {
            await _tls.Value.DisposeAsync().ConfigureAwait(false);
        }

        DisposeHttps();
    }

    private void DisposeHttps()
    {
        if (_https.IsValueCreated)
        {
            _https.Value.Dispose();
        }
    }
}
