using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>A socket that serves one query after the other is as good as a new one for each.</summary>
public sealed class ReleasedSocketsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SetBench _bench = new();
    private readonly HeldServer _server = new();

    public void Dispose()
    {
        _bench.Dispose();
        _server.Dispose();
    }

    [EpollFact]
    public async Task W02_ConnectedAgain_HasAnotherPort()
    {
        HashSet<UdpSocket> sockets = [];
        HashSet<int> numbers = [];
        for (var i = 0; i < 20; i++)
        {
            var port = _bench.OpenPort(_server.Endpoint);
            sockets.Add(port.Socket);
            numbers.Add((await SendAsync(port.Socket, _server)).Port);
            Assert.True(Released.TryKeep(port));
        }

        // The kernel may choose one again by chance.
        Assert.Single(sockets);
        Assert.InRange(numbers.Count, 18, 20);
    }

    [EpollFact]
    public async Task WhatCameForTheQueryBefore_IsNotHeard()
    {
        using HeldServer next = new();
        var port = _bench.OpenPort(_server.Endpoint);
        var before = await SendAsync(port.Socket, _server);
        _server.Send([1], before);
        _server.Send([2], before);
        Assert.True(Released.TryKeep(port));
        _server.Send([3], before);

        var socket = OpenKept(next.Endpoint, port);

        var now = await SendAsync(socket, next);
        _server.Send([4], before);
        _server.Send([5], now);
        next.Send([6], before);
        next.Send([7], now);
        Assert.Equal([7], Receive(socket));
        Assert.Null(Receive(socket));
    }

    /// <summary>The server is the same, but the port is not.</summary>
    [EpollFact]
    public async Task WhatTheSameServerSendsToThePortBefore_IsNotHeard()
    {
        var port = _bench.OpenPort(_server.Endpoint);
        var before = await SendAsync(port.Socket, _server);
        Assert.True(Released.TryKeep(port));
        var socket = OpenKept(_server.Endpoint, port);
        var now = await SendAsync(socket, _server);
        if (before.Port == now.Port)
        {
            // By chance, once in 28,000 times.
            return;
        }

        _server.Send([1], before);
        _server.Send([2], now);

        Assert.Equal([2], Receive(socket));
        Assert.Null(Receive(socket));
    }

    [EpollFact]
    public async Task RefusalOfTheServerBefore_DoesNotFailTheNextQuery()
    {
        using RefusingServer refusing = new();
        var port = _bench.OpenPort(refusing.Endpoint);
        Assert.Equal(SocketError.Success, port.Socket.Send([0]));
        Assert.True(Released.TryKeep(port));

        var socket = OpenKept(_server.Endpoint, port);

        Assert.Null(Receive(socket));
        _server.Send([1], await SendAsync(socket, _server));
        Assert.Equal([1], Receive(socket));
    }

    [EpollTheory]
    [InlineData(60, true)]
    [InlineData(65, false)]
    public async Task FloodedSocket_IsNotKept(int packets, bool isKept)
    {
        var port = _bench.OpenPort(_server.Endpoint);
        var sender = await SendAsync(port.Socket, _server);
        for (var i = 0; i < packets; i++)
        {
            _server.Send([1], sender);
        }

        Assert.Equal(isKept, Released.TryKeep(port));
    }

    [EpollFact]
    public void OtherFamilyOrKind_IsNotTaken()
    {
        using HeldServer ofIPv6 = new(AddressFamily.InterNetworkV6);
        var port = _bench.OpenPort(_server.Endpoint);
        Assert.True(Released.TryKeep(port));

        using var ofAnotherFamily = _bench.Open(ofIPv6.Endpoint, isShared: false);
        using var shared = _bench.Open(_server.Endpoint, isShared: true);

        Assert.NotSame(port.Socket, ofAnotherFamily);
        Assert.NotSame(port.Socket, shared);
        OpenKept(_server.Endpoint, port);
    }

    [EpollFact]
    public async Task IPv6_IsKeptToo()
    {
        using HeldServer server = new(AddressFamily.InterNetworkV6);
        var port = _bench.OpenPort(server.Endpoint);
        var before = await SendAsync(port.Socket, server);
        server.Send([1], before);
        Assert.True(Released.TryKeep(port));

        var socket = OpenKept(server.Endpoint, port);

        server.Send([2], await SendAsync(socket, server));
        Assert.Equal([2], Receive(socket));
        Assert.Null(Receive(socket));
    }

    [EpollFact]
    public void MoreThanThirtyTwo_AreNotKept()
    {
        var ports = Enumerable.Range(0, 40).Select(_ => _bench.OpenPort(_server.Endpoint)).ToList();

        Assert.Equal(32, ports.Count(Released.TryKeep));
    }

    [EpollFact]
    public void ServerWithoutAWay_ClosesTheSocket_AndTheNextOneIsNew()
    {
        var port = _bench.OpenPort(_server.Endpoint);
        var number = ((LinuxUdpSocket)port.Socket).Place?.Number;
        Assert.True(Released.TryKeep(port));

        Assert.Throws<SocketException>(() => _bench.Open(new DnsServerEndpoint(IPAddress.Broadcast), isShared: false));

        Assert.True(((LinuxUdpSocket)port.Socket).Handle.IsClosed);
        var next = _bench.OpenPort(_server.Endpoint);
        Assert.NotSame(port.Socket, next.Socket);
        Assert.Equal(number, ((LinuxUdpSocket)next.Socket).Place?.Number);
    }

    [EpollFact]
    public void AfterTheEnd_AllAreClosed_AndNoneIsKept()
    {
        var (kept, open) = (_bench.OpenPort(_server.Endpoint), _bench.OpenPort(_server.Endpoint));
        Assert.True(Released.TryKeep(kept));

        _bench.Dispose();

        Assert.True(((LinuxUdpSocket)kept.Socket).Handle.IsClosed);
        Assert.False(Released.TryKeep(open));
        open.Socket.Dispose();
    }

    /// <summary>Through the thread of a transport, which ends when there was nothing to do for two seconds.</summary>
    [EpollFact]
    public async Task W02_QueriesOneAfterTheOther_HaveOtherPorts_OnSocketsThatEndWithTheirThread()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);
        WatchedReceiver receiver = new();
        using UdpDnsTransport transport = new(TimeProvider.System, receiver);
        for (var i = 0; i < 40; i++)
        {
            var exchange = await transport.ExchangeAsync(server.Endpoint, Queries.Text("example.com"), Patience, CancellationToken.None);
            Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        }

        Assert.InRange(server.UdpPorts.Distinct().Count(), 37, 40);
        Assert.InRange(receiver.Sockets.Distinct().Count(), 1, 39);
        Assert.True(await Polling.UntilAsync(() => receiver.Sockets.All(socket => socket.Handle.IsClosed)));
    }

    private ReleasedSockets Released => _bench.Set.Released;

    private static async Task<IPEndPoint> SendAsync(UdpSocket socket, HeldServer server)
    {
        Assert.Equal(SocketError.Success, socket.Send([0]));
        return (await server.ReceiveAsync(1))[0].Sender;
    }

    private static byte[]? Receive(UdpSocket socket)
    {
        var buffer = new byte[16];
        var length = socket.Receive(buffer, out var error);
        Assert.True(error is SocketError.Success or SocketError.WouldBlock, error.ToString());
        return error == SocketError.Success ? buffer[..length] : null;
    }

    private UdpSocket OpenKept(DnsServerEndpoint server, UdpPort kept)
    {
        var socket = _bench.Open(server, isShared: false);
        Assert.Same(kept.Socket, socket);
        return socket;
    }

    private sealed class WatchedReceiver : CountingReceiver
    {
        public List<LinuxUdpSocket> Sockets { get; } = [];

        public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls)
        {
            var socket = base.Open(server, isShared, polls);
            Sockets.Add((LinuxUdpSocket)socket);
            return socket;
        }
    }
}
