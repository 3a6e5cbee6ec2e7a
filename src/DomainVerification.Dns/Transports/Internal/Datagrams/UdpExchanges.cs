using System.Collections.Concurrent;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>Queries whose answers one receiver hears: their ports, and what waits there.</summary>
internal sealed class UdpExchanges
{
    private const int MaxPeers = 4096;

    private readonly ConcurrentDictionary<DnsServerEndpoint, UdpPeer> _peers = new();
    private readonly UdpReceiver _receiver;
    private readonly IUdpCompletions _completions;
    private readonly UdpOperationPool _operations;
    private readonly UdpPorts _ports;

    /// <param name="receiver">Who hears the answers.</param>
    /// <param name="completions">What hands ended queries to their callers.</param>
    /// <param name="operations">What the queries live in.</param>
    /// <param name="timeProvider">The clock of the timeouts.</param>
    public UdpExchanges(UdpReceiver receiver, IUdpCompletions completions, UdpOperationPool operations, TimeProvider timeProvider)
    {
        (_receiver, _completions, _operations) = (receiver, completions, operations);
        _ports = new UdpPorts(receiver, timeProvider);
    }

    /// <summary>Sends a query. The result that was begun with is to be taken, and once.</summary>
    /// <param name="server">Whom to ask.</param>
    /// <param name="query">What to ask.</param>
    /// <param name="takesText">Whether a text may stand for the response.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    public UdpOperation Begin(
        DnsServerEndpoint server,
        in QueryParts query,
        bool takesText,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var operation = _operations.Rent(_completions);
        operation.Begin(query, takesText, timeout, cancellationToken);
        var peer = PeerOf(server);
        if (peer.FindNoRoute(operation.Started) is { } known)
        {
            operation.Refuse(SocketErrorCodes.For(known));
            return operation;
        }

        try
        {
            var port = peer.Add(operation);
            operation.WatchToken();
            _ports.Watch(operation.Deadline);
            _receiver.Send(port, operation);
            if (port.Polls && !port.Poll(_completions))
            {
                _receiver.Await(port);
            }
        }
        catch (SocketException error)
        {
            peer.NoteRefused(error.SocketErrorCode, operation.Started);
            operation.Refuse(SocketErrorCodes.For(error.SocketErrorCode));
        }

        return operation;
    }

    /// <summary>Ends all of them; none begins any more.</summary>
    public void Close() => _ports.Close();

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
