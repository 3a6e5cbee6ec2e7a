using System.Buffers.Binary;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// The ports to one server. A query gets a port of its own while few wait; when many wait they share ports, each chosen at random, and a
/// port is replaced after as many queries as <see cref="Limit"/> allows. When nobody waits no port is open.
/// </summary>
internal sealed class UdpPeer(DnsServerEndpoint server, UdpPorts ports)
{
    /// <summary>The most queries that one port ever serves.</summary>
    public const int MaxQueriesPerPort = 128;

    // Enough that no single port gets a flood of answers, few enough that sockets stay few.
    private const int MaxShared = 16;
    private const int QueriesPerPort = 16;
    private const int QueriesPerWaiting = 4;

    private readonly Lock _gate = new();
    private readonly List<UdpPort> _shared = [];
    private int _waiting;
    private NoRouteFound? _noRoute;

    public bool IsIdle => Volatile.Read(ref _waiting) == 0;

    /// <summary>What the system said a moment ago, where it was that there is no way to the server; null where it may be asked.</summary>
    /// <param name="now">A timestamp of this moment.</param>
    public SocketError? FindNoRoute(long now) => _noRoute is { } found && now - found.At < ports.NoRouteTime ? found.Error : null;

    /// <summary>Keeps what the system said, where it is that there is no way to the server.</summary>
    /// <param name="error">What it said.</param>
    /// <param name="now">A timestamp of this moment.</param>
    public void NoteRefused(SocketError error, long now)
    {
        // That there is no address of one's own is said of IPv6 where there is none, and elsewhere may be said of ports that are used up.
        var isNoRoute = error is SocketError.NetworkUnreachable or SocketError.NetworkDown
            or SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported
            || (error == SocketError.AddressNotAvailable && server.Address.AddressFamily == AddressFamily.InterNetworkV6);
        if (isNoRoute)
        {
            _noRoute = new NoRouteFound(error, now);
        }
    }

    /// <summary>Gives a query its port.</summary>
    /// <exception cref="SocketException">No socket could be had, or there is no way to the server.</exception>
    public UdpPort Add(UdpOperation operation)
    {
        lock (_gate)
        {
            try
            {
                return Choose(operation, Interlocked.Increment(ref _waiting));
            }
            catch
            {
                // The others may have gone meanwhile, and left the ports to this one.
                Leave(1);
                throw;
            }
        }
    }

    /// <summary>Called when queries of a port ended.</summary>
    public void Leave(int count)
    {
        if (Interlocked.Add(ref _waiting, -count) > 0)
        {
            return;
        }

        lock (_gate)
        {
            if (!IsIdle)
            {
                // Somebody came in between, and uses the ports.
                return;
            }

            foreach (var port in _shared)
            {
                port.Retire();
            }

            _shared.Clear();
        }
    }

    /// <summary>Closes a port that nobody waits at.</summary>
    public void Close(UdpPort port) => ports.Close(port);

    /// <summary>How many queries a port may serve while so many wait: alone, one.</summary>
    private static int Limit(int waiting) => waiting == 1 ? 1 : Math.Min(MaxQueriesPerPort, QueriesPerWaiting * waiting);

    private UdpPort Choose(UdpOperation operation, int waiting)
    {
        var limit = Limit(waiting);
        if (_shared.Count >= Math.Clamp(waiting / QueriesPerPort, 1, MaxShared))
        {
            Span<byte> random = stackalloc byte[2];
            RandomOctets.Fill(random);
            var chosen = BinaryPrimitives.ReadUInt16LittleEndian(random) % _shared.Count;
            var port = _shared[chosen];
            if (port.TryAdd(operation, limit) == UdpPortAnswer.Taken)
            {
                return port;
            }

            // Also one that knows the question goes: else a question that is asked often would open port after port.
            _shared.RemoveAt(chosen);
            port.Retire();
        }

        var opened = Open(limit);
        if (opened.TryAdd(operation, limit) != UdpPortAnswer.Taken)
        {
            // It failed already: the transport is disposed, or the network says that there is no way.
            throw new SocketException((int)SocketError.Shutdown);
        }

        _shared.Add(opened);
        return opened;
    }

    private UdpPort Open(int capacity)
    {
        var polls = ports.Polls(server, isShared: capacity > 1);
        var socket = ports.OpenSocket(server, isShared: capacity > 1, polls);
        try
        {
            UdpPort port = new(this, socket, capacity) { Polls = polls };
            ports.Add(port);
            return port;
        }
        catch (ObjectDisposedException)
        {
            throw new SocketException((int)SocketError.Shutdown);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record NoRouteFound(SocketError Error, long At);
}
