namespace DomainVerification.Dns;

/// <summary>
/// DNS over TCP (RFC 7766). Connections are kept for a while and shared: many queries are under way on one connection, each with a random
/// id of its own, and their answers, which may come in any order, are told apart by id and question.
/// </summary>
/// <remarks>
/// <para>
/// There are at most 256 connections, and two to one server that take queries, each with at most 128 queries under way and 1,000 in its
/// life; who finds no room waits, within the timeout of its own query. A connection without queries is closed after 10 seconds, or
/// sooner where the server asks for that (RFC 7828); one that brings nothing for a second, while a query waits in vain, gets no more
/// queries.
/// </para>
/// <para>
/// A query whose connection ends before the answer is sent once more on a fresh one, within its timeout. A message shorter than a header,
/// and more than <see cref="UdpDnsTransport.MaxIgnoredPackets"/> messages that nobody asked for, end the connection.
/// </para>
/// <para>Whoever makes a transport disposes it; queries under way end as <see cref="DnsExchangeOutcome.Unreachable"/> then.</para>
/// </remarks>
public sealed class TcpDnsTransport : IDnsTransport, IAsyncDisposable, IDisposable
{
    private readonly StreamPool _pool;

    /// <summary>Makes a transport; it connects when the first query comes.</summary>
    /// <param name="timeProvider">The clock of the timeouts.</param>
    public TcpDnsTransport(TimeProvider timeProvider)
        : this(timeProvider, StreamLimits.Default)
    {
    }

    internal TcpDnsTransport(TimeProvider timeProvider, StreamLimits limits)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _pool = new StreamPool(DnsTransportKind.Tcp, new TcpConnector(), limits, timeProvider);
    }

    /// <inheritdoc/>
    public DnsTransportKind Kind => DnsTransportKind.Tcp;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The server is spoken with over TLS or HTTPS.</exception>
    /// <exception cref="ObjectDisposedException">The transport was disposed.</exception>
    public ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(query);
        server.Require(DnsServerProtocol.Clear);
        return _pool.ExchangeAsync(server, KeepAlive.Ask(query), timeout, cancellationToken);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => _pool.Dispose();

    /// <summary>Closes all connections and waits until they are.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
