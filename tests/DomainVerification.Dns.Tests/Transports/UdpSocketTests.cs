using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

public abstract class UdpSocketTests
{
    private static readonly byte[] Packet = [1, 2, 3];

    private protected abstract UdpReceiver Receiver { get; }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    public void Packets_GoToTheServerAndComeFromItOnly(string address, bool isShared)
    {
        using var server = Bind(IPAddress.Parse(address));
        using var stranger = Bind(IPAddress.Parse(address));
        using var socket = Receiver.Open(EndpointOf(server), isShared);
        Assert.Equal(SocketError.Success, socket.Send(Packet));

        var buffer = new byte[16];
        EndPoint sender = new IPEndPoint(server.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        Assert.Equal(Packet.Length, server.ReceiveFrom(buffer, ref sender));
        stranger.SendTo([9], sender);
        server.SendTo([7, 8], sender);

        // On loopback a packet has come when the call that sends it is over.
        Assert.Equal(2, socket.Receive(buffer, out var error));
        Assert.Equal(SocketError.Success, error);
        Assert.Equal([7, 8], buffer[..2]);
        Assert.Equal(0, socket.Receive(buffer, out error));
        Assert.Equal(SocketError.WouldBlock, error);
    }

    [Fact]
    public void EachSocket_HasAPortOfItsOwn()
    {
        using var server = Bind(IPAddress.Loopback);
        HashSet<int> ports = [];
        List<UdpSocket> sockets = [];
        for (var i = 0; i < 20; i++)
        {
            sockets.Add(Receiver.Open(EndpointOf(server), isShared: false));
            sockets[i].Send(Packet);
            EndPoint sender = new IPEndPoint(IPAddress.Any, 0);
            server.ReceiveFrom(new byte[16], ref sender);
            ports.Add(((IPEndPoint)sender).Port);
        }

        sockets.ForEach(socket => socket.Dispose());
        Assert.Equal(20, ports.Count);
    }

    [Fact]
    public void ServerThatIsGone_IsRefused()
    {
        var server = Bind(IPAddress.Loopback);
        using var socket = Receiver.Open(EndpointOf(server), isShared: false);
        server.Dispose();
        Assert.Equal(SocketError.Success, socket.Send(Packet));

        Assert.Equal(0, socket.Receive(new byte[16], out var error));
        Assert.Equal(SocketError.ConnectionRefused, error);
    }

    [Fact]
    public void PacketThatIsTooLong_IsAnErrorAndNothingElse()
    {
        using var server = Bind(IPAddress.Loopback);
        using var socket = Receiver.Open(EndpointOf(server), isShared: false);

        Assert.Equal(SocketError.MessageSize, socket.Send(new byte[70_000]));
        Assert.Equal(SocketError.Success, socket.Send(Packet));
    }

    [Fact]
    public void ServerWithoutAWay_CannotBeOpened()
    {
        // Multicast and broadcast need a permission that no socket here has asked for.
        var error = Assert.Throws<SocketException>(() => Receiver.Open(new DnsServerEndpoint(IPAddress.Broadcast), isShared: false));
        Assert.Equal(SocketError.AccessDenied, error.SocketErrorCode);
    }

    /// <summary>An IPv4 address in the dress of an IPv6 one is no way around what is said of IPv4 addresses.</summary>
    [Fact]
    public void MappedAddress_CannotBeOpened()
    {
        using var server = Bind(IPAddress.Loopback);
        var port = ((IPEndPoint)server.LocalEndPoint!).Port;
        DnsServerEndpoint mapped = new(IPAddress.Loopback.MapToIPv6(), port);

        var error = Assert.Throws<SocketException>(() => Receiver.Open(mapped, isShared: false));

        Assert.Equal(SocketError.NetworkUnreachable, error.SocketErrorCode);
    }

    [Fact]
    public void ClosedSocket_SendsAndHearsNothing()
    {
        using var server = Bind(IPAddress.Loopback);
        var socket = Receiver.Open(EndpointOf(server), isShared: false);
        socket.Dispose();
        socket.Dispose();

        Assert.Equal(SocketError.Success, socket.Send(Packet));
        Assert.Equal(0, socket.Receive(new byte[16], out var error));
        Assert.Equal(SocketError.WouldBlock, error);
        Assert.Equal(0, server.Available);
    }

    private static Socket Bind(IPAddress address)
    {
        Socket server = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(address, 0));
        return server;
    }

    private static DnsServerEndpoint EndpointOf(Socket server)
    {
        var local = (IPEndPoint)server.LocalEndPoint!;
        return new DnsServerEndpoint(local.Address, local.Port);
    }
}

/// <summary>The sockets of this system: on Linux those by its own calls.</summary>
public sealed class SystemUdpSocketTests : UdpSocketTests
{
    private protected override UdpReceiver Receiver { get; } = UdpReceiver.Create();
}

/// <summary>The sockets that every system has.</summary>
public sealed class PortableUdpSocketTests : UdpSocketTests
{
    private protected override UdpReceiver Receiver { get; } = new TaskReceiver();
}
