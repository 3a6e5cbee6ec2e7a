using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Dns;

/// <summary>
/// DNS over TLS (RFC 7858), in the strict profile of RFC 8310: a query leaves only for the server whose name the certificate proves, over TLS
/// 1.2 or later. Connections are shared and bounded as those of <see cref="TcpDnsTransport"/> are.
/// </summary>
/// <remarks>
/// <para>
/// Queries with an EDNS part are padded to multiples of 128 octets (RFC 8467). Issuers that a certificate leaves out are not loaded, and
/// revocation is not looked up: both would need DNS.
/// </para>
/// <para>
/// Where there is no connection, <see cref="DnsExchange.Detail"/> says why: <c>tls_certificate_untrusted</c>, <c>tls_certificate_expired</c>
/// (or not valid yet), <c>tls_certificate_missing</c>, <c>tls_name_mismatch</c>, <c>tls_handshake_failed</c>, <c>tls_broken</c>, or a code of
/// TCP. That the resolver is who it should be says nothing of its answers.
/// </para>
/// </remarks>
public sealed class TlsDnsTransport : IDnsTransport, IAsyncDisposable, IDisposable
{
    private readonly StreamPool _pool;

    /// <summary>Makes a transport; it connects when the first query comes.</summary>
    /// <param name="timeProvider">The clock of the timeouts; certificates are held against the system's.</param>
    /// <param name="trustedRoots">The only authorities to trust; those of the operating system where there are none.</param>
    public TlsDnsTransport(TimeProvider timeProvider, params IEnumerable<X509Certificate2> trustedRoots)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(trustedRoots);
        TlsConnector connector = new(new TlsTrust(trustedRoots), TlsConnector.Dot);
        _pool = new StreamPool(DnsTransportKind.Tls, connector, StreamLimits.Default, timeProvider);
    }

    /// <inheritdoc/>
    public DnsTransportKind Kind => DnsTransportKind.Tls;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The server is not spoken with over TLS.</exception>
    /// <exception cref="ObjectDisposedException">The transport was disposed.</exception>
    public ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(query);
        server.Require(DnsServerProtocol.Tls);
        return _pool.ExchangeAsync(server, QueryPadding.Pad(KeepAlive.Ask(query)), timeout, cancellationToken);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _pool.Dispose();

    /// <summary>Closes all connections and waits until they are.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
