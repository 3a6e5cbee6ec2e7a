using System.Collections.Concurrent;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// DNS over UDP, made hard to spoof (RFC 5452, section 9): every socket is connected, so that the kernel takes packets only from the server
/// that was asked, on a port that the kernel chose at random; a random id; and random upper and lower case in its name, which the response
/// must repeat exactly. A cookie that the query carries must come back too (RFC 7873).
/// </summary>
/// <remarks>
/// <para>
/// A query that waits alone has a port of its own. When many wait for one server they share ports: each is chosen at random, serves at
/// most 128 queries and never the same question twice, and is closed when nobody waits any more.
/// </para>
/// <para>
/// Packets that are no response to a query are ignored and counted, and the waiting goes on, so that a stray or forged packet cannot end
/// a query. More than <see cref="MaxIgnoredPackets"/> of them on a port end its queries as <see cref="DnsExchangeOutcome.Mismatched"/>: ask
/// over TCP then, and after <see cref="DnsExchangeOutcome.Truncated"/>, <see cref="DnsExchangeOutcome.CaseMismatched"/> and
/// <see cref="DnsExchangeOutcome.CookieMissing"/> too.
/// </para>
/// <para>
/// Disposing ends what still waits as <see cref="DnsExchangeOutcome.Unreachable"/>. One that is never disposed keeps nothing open.
/// </para>
/// </remarks>
public sealed class UdpDnsTransport : IDnsTransport, IDisposable
{
    /// <summary>How many packets are ignored before a query is given up.</summary>
    public const int MaxIgnoredPackets = 8;

    private const int MaxPeers = 4096;

    private readonly ConcurrentDictionary<DnsServerEndpoint, UdpPeer> _peers = new();
    private readonly UdpOperationPool _operations;
    private readonly UdpPorts _ports;
    private volatile bool _isDisposed;

    /// <summary>Makes the transport. Sockets are opened when queries are sent.</summary>
    /// <param name="timeProvider">The clock of the timeouts.</param>
    public UdpDnsTransport(TimeProvider timeProvider)
        : this(timeProvider, UdpReceiver.Create())
    {
    }

    internal UdpDnsTransport(TimeProvider timeProvider, UdpReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _operations = new UdpOperationPool(timeProvider);
        _ports = new UdpPorts(receiver, timeProvider);
    }

    /// <inheritdoc/>
    public DnsTransportKind Kind => DnsTransportKind.Udp;

    /// <inheritdoc/>
    public ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(query);
        server.Require(DnsServerProtocol.Clear);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<DnsExchange>(cancellationToken);
        }

        var operation = _operations.Rent();
        try
        {
            operation.Begin(query, timeout, cancellationToken);
            var port = PeerOf(server).Add(operation);
            operation.WatchToken();
            _ports.Watch(operation.Deadline);
            port.Send(operation);
            return operation.Task;
        }
        catch (SocketException error)
        {
            var exchange = operation.End(DnsExchangeOutcome.Unreachable, 0, detail: SocketErrorCodes.For(error.SocketErrorCode));
            operation.Release();
            return ValueTask.FromResult(exchange);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _ports.Close();
    }

    private UdpPeer PeerOf(DnsServerEndpoint server)
    {
        if (_peers.TryGetValue(server, out var known))
        {
            return known;
        }

        if (_peers.Count >= MaxPeers)
        {
            Forget();
        }

        return _peers.GetOrAdd(server, static (server, ports) => new UdpPeer(server, ports), _ports);
    }

    // A server that nobody waits for has no port; what is forgotten here costs nothing but a new entry.
    private void Forget()
    {
        foreach (var (server, peer) in _peers)
        {
            if (peer.IsIdle)
            {
                _peers.TryRemove(server, out _);
            }
        }
    }
}
