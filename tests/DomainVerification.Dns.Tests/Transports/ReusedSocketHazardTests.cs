using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>
/// What must not reach the next query of a socket, and what a port must not leave behind, at the moments when it changes hands.
/// </summary>
public sealed class ReusedSocketHazardTests : IDisposable
{
    private readonly SetBench _bench = new();
    private readonly HeldServer _server = new();

    public void Dispose()
    {
        _bench.Dispose();
        _server.Dispose();
    }

    /// <summary>
    /// To send from a socket that has given its port back would bind it anew, open to everybody, and that port would be the next query's.
    /// </summary>
    [EpollTheory]
    [InlineData(40, 0)]
    [InlineData(100, 0)]
    [InlineData(3, 600)]
    public async Task W02_ServerThatIsGoneInTheMiddle_LeavesTheSocketWithoutAPort(int count, int padding)
    {
        UdpOutbox outbox = new();
        var port = _bench.OpenPort(_server.Endpoint, UdpPeer.MaxQueriesPerPort);
        _server.Dispose();
        port.Socket.Send([0]);
        var exchanges = Enumerable.Range(0, count).Select(index => Add(outbox, port, index, index > 0 ? padding : 0)).ToList();

        outbox.Send();

        Assert.All(await Task.WhenAll(exchanges), exchange => Assert.Equal("connection_refused", exchange.Detail));
        using var kept = Native(port.Socket);
        Assert.Equal(0, ((IPEndPoint)kept.LocalEndPoint!).Port);
    }

    [EpollFact]
    public void PacketThatWasOnItsWay_WhenThePortWasGivenBack_IsNotHeardByTheNextQuery()
    {
        var port = KeepWithAPacket();

        using var socket = _bench.Open(_server.Endpoint, isShared: false);

        Assert.Equal(0, socket.Receive(new byte[16], out var error));
        Assert.Equal(SocketError.WouldBlock, error);
        Assert.Same(port.Socket, socket);
    }

    [EpollFact]
    public void PacketThatWasOnItsWay_WhenThePortWasGivenBack_IsReportedOnce()
    {
        var port = KeepWithAPacket();

        Assert.True(_bench.Set.Receive(0));

        Assert.False(_bench.Set.Receive(0));
        using var next = _bench.Open(_server.Endpoint, isShared: false);
        Assert.NotSame(port.Socket, next);
    }

    /// <summary>As where a transport is disposed while one of its queries begins.</summary>
    [EpollTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void PortThatCloses_BeforeItIsRead_IsNotLeftBehind(bool isDisposed)
    {
        _bench.Set.Released.TryKeep(_bench.OpenPort(_server.Endpoint));
        var socket = _bench.Open(_server.Endpoint, isShared: false);
        UdpPort port = new(new UdpPeer(_server.Endpoint, new UdpPorts(new Remover(_bench.Set), TimeProvider.System)), socket, 1);
        port.Retire();
        if (isDisposed)
        {
            socket.Dispose();
        }

        _bench.Set.Add(port);

        Assert.True(_bench.Set.IsEmpty);
        socket.Dispose();
    }

    /// <summary>Guesses that come by the same call as the answer count as those that come later.</summary>
    [EpollFact]
    public async Task W04_GuessesBehindTheAnswer_RetireThePort()
    {
        var port = _bench.OpenPort(_server.Endpoint, UdpPeer.MaxQueriesPerPort);
        var operation = _bench.Begin(port, Query(0));
        port.Send(operation);
        var query = Assert.Single(await _server.ReceiveAsync(1));
        _server.Answer([query]);
        for (var i = 0; i <= UdpDnsTransport.MaxIgnoredPackets; i++)
        {
            _server.Send([1, 2, 3], query.Sender);
        }

        Assert.True(_bench.Set.Receive(0));

        var exchange = await operation.Exchange.AsTask();
        Assert.Equal((DnsExchangeOutcome.Answered, 0), (exchange.Outcome, exchange.IgnoredPackets));
        var next = _bench.Operations.Rent(_bench);
        next.Begin(QueryParts.Of(Query(1)), takesText: false, TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.Equal(UdpPortAnswer.Spent, port.TryAdd(next, int.MaxValue));
        Assert.True(_bench.Set.IsEmpty);
    }

    private static DnsQuery Query(int index, int padding = 0)
    {
        var query = Queries.Text(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com"));
        return padding == 0
            ? query
            : query with { Edns = new DnsEdns { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Padding, new byte[padding])] } };
    }

    // The descriptor stays the other's.
    private static Socket Native(UdpSocket socket) =>
        new(new SafeSocketHandle(((LinuxUdpSocket)socket).Handle.DangerousGetHandle(), ownsHandle: false));

    private Task<DnsExchange> Add(UdpOutbox outbox, UdpPort port, int index, int padding)
    {
        var operation = _bench.Begin(port, Query(index, padding));
        outbox.Add(port, operation);
        return operation.Exchange.AsTask();
    }

    /// <summary>No test can hit the moment, but a kept socket that is given a port by force takes packets as it does then.</summary>
    private UdpPort KeepWithAPacket()
    {
        var port = _bench.OpenPort(_server.Endpoint);
        Assert.True(_bench.Set.Released.TryKeep(port));
        using var native = Native(port.Socket);
        native.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _server.Send([1], (IPEndPoint)native.LocalEndPoint!);
        return port;
    }

    private sealed class Remover(EpollSet set) : UdpReceiver
    {
        public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls) => set.Released.Open(server, isShared);

        public override void Add(UdpPort port) => set.Add(port);

        public override void Close(UdpPort port) => set.Remove(port, keepsNumber: false);
    }
}
