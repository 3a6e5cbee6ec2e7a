using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

public sealed class PacketBatchTests : IDisposable
{
    private readonly HeldServer _server = new();

    public void Dispose() => _server.Dispose();

    [EpollFact]
    public async Task Send_TakesAsManyAsFit_EachWithItsOwnLength()
    {
        using var socket = Open();
        PacketBatch packets = new(capacity: 3, packetLength: 8);
        Assert.False(packets.TryAdd(new byte[9]));
        Assert.True(packets.TryAdd([1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.True(packets.TryAdd([9]));
        Assert.True(packets.TryAdd([10, 11]));
        Assert.False(packets.TryAdd([12]));
        Assert.Equal(SocketError.Success, socket.Send(packets));

        packets.Clear();
        Assert.Equal(SocketError.Success, socket.Send(packets));
        Assert.True(packets.TryAdd([13, 14]));
        Assert.Equal(SocketError.Success, socket.Send(packets));

        Assert.Equal(
            [[1, 2, 3, 4, 5, 6, 7, 8], [9], [10, 11], [13, 14]],
            (await _server.ReceiveAsync(4)).Select(packet => packet.Octets));
        Assert.False(_server.HasMore);
    }

    [EpollFact]
    public async Task Receive_TakesAsManyAsFit_AndCutsWhatIsTooLong()
    {
        using var socket = Open();
        socket.Send([0]);
        var sender = (await _server.ReceiveAsync(1))[0].Sender;
        PacketBatch packets = new(capacity: 2, packetLength: 4);
        byte[][] sent = [[1, 2, 3, 4, 5, 6], [7], [8, 9]];
        Array.ForEach(sent, packet => _server.Send(packet, sender));

        Assert.Equal(SocketError.Success, socket.Receive(packets));
        Assert.Equal(2, packets.Count);
        Assert.Equal([1, 2, 3, 4], packets[0].ToArray());
        Assert.Equal([7], packets[1].ToArray());

        Assert.Equal(SocketError.Success, socket.Receive(packets));
        Assert.Equal(1, packets.Count);
        Assert.Equal([8, 9], packets[0].ToArray());

        Assert.Equal(SocketError.WouldBlock, socket.Receive(packets));
        Assert.Equal(0, packets.Count);
    }

    [EpollTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void ServerThatIsGone_IsToldOnce(bool whenSending)
    {
        using var socket = Open();
        _server.Dispose();
        socket.Send([0]);
        PacketBatch packets = new(capacity: 2, packetLength: 4);
        packets.TryAdd([1]);

        Assert.Equal(SocketError.ConnectionRefused, whenSending ? socket.Send(packets) : socket.Receive(packets));
        Assert.Equal(SocketError.WouldBlock, socket.Receive(packets));
    }

    [EpollFact]
    public void ClosedSocket_SendsAndHearsNothing()
    {
        var socket = Open();
        socket.Dispose();
        PacketBatch packets = new(capacity: 2, packetLength: 4);
        packets.TryAdd([1]);

        Assert.Equal(SocketError.Success, socket.Send(packets));
        Assert.Equal(SocketError.WouldBlock, socket.Receive(packets));
        Assert.False(_server.HasMore);
    }

    private LinuxUdpSocket Open() => new(_server.Endpoint, isShared: false);
}
