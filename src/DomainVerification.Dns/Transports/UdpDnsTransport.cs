using System.Collections.Concurrent;

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
public sealed class UdpDnsTransport : IDnsTransport, IReplyTransport, IDisposable
{
    /// <summary>How many packets are ignored before a query is given up.</summary>
    public const int MaxIgnoredPackets = 8;

    private readonly TimeProvider _timeProvider;
    private readonly UdpOperationPool _operations;
    private readonly UdpExchanges _shared;
    private readonly ConcurrentDictionary<UdpLane, UdpExchanges>? _lanes;
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
        _timeProvider = timeProvider;
        _operations = new UdpOperationPool(timeProvider);
        _shared = new UdpExchanges(receiver, receiver.Completions, _operations, timeProvider);
        _lanes = receiver.HasLanes ? new ConcurrentDictionary<UdpLane, UdpExchanges>() : null;
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
        return Begin(server, QueryParts.Of(query), takesText: false, timeout, cancellationToken) is { } operation
            ? operation.Exchange
            : ValueTask.FromCanceled<DnsExchange>(cancellationToken);
    }

    ValueTask<DnsReply> IReplyTransport.AskAsync(
        DnsServerEndpoint server,
        in QueryParts query,
        TimeSpan timeout,
        CancellationToken cancellationToken) =>
        Begin(server, query, takesText: true, timeout, cancellationToken) is { } operation
            ? operation.Reply
            : ValueTask.FromCanceled<DnsReply>(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _shared.Close();
        foreach (var exchanges in _lanes?.Values ?? [])
        {
            exchanges.Close();
        }
    }

    private UdpOperation? Begin(
        DnsServerEndpoint server,
        in QueryParts query,
        bool takesText,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        server.Require(DnsServerProtocol.Clear);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        var exchanges = UdpLane.Current is { } lane && _lanes is not null ? Of(lane, _lanes) : _shared;
        return exchanges.Begin(server, query, takesText, timeout, cancellationToken);
    }

    private UdpExchanges Of(UdpLane lane, ConcurrentDictionary<UdpLane, UdpExchanges> lanes) =>
        lanes.TryGetValue(lane, out var known) ? known : Add(lane, lanes);

    private UdpExchanges Add(UdpLane lane, ConcurrentDictionary<UdpLane, UdpExchanges> lanes)
    {
        UdpExchanges exchanges = new(lane, lane, _operations, _timeProvider);
        lanes[lane] = exchanges;
        lane.OnEnd(() =>
        {
            lanes.TryRemove(lane, out _);
            exchanges.Close();
        });
        if (_isDisposed)
        {
            // Disposing may not have seen it.
            exchanges.Close();
        }

        return exchanges;
    }
}
