using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>A socket by the means of .NET, which every operating system has.</summary>
internal sealed class PortableUdpSocket : UdpSocket
{
    private readonly Socket _socket;

    /// <inheritdoc cref="UdpReceiver.Open"/>
    public PortableUdpSocket(DnsServerEndpoint server, bool isShared)
    {
        _socket = new Socket(server.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Blocking = false;
            if (isShared)
            {
                _socket.ReceiveBufferSize = SharedReceiveBufferSize;
            }

            // For a datagram socket this only sets the filter and picks the port: nothing is sent and nothing can block.
            _socket.Connect(server.SocketAddress);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _socket.ReceiveAsync(buffer, SocketFlags.None, CancellationToken.None);

    public override SocketError Send(ReadOnlySpan<byte> packet)
    {
        try
        {
            _socket.Send(packet, SocketFlags.None, out var error);
            return error == SocketError.WouldBlock ? SocketError.Success : error;
        }
        catch (ObjectDisposedException)
        {
            // Closed meanwhile, and with that the query was ended.
            return SocketError.Success;
        }
    }

    public override int Receive(Span<byte> buffer, out SocketError error)
    {
        try
        {
            return _socket.Receive(buffer, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.WouldBlock;
            return 0;
        }
    }

    public override void Dispose() => _socket.Dispose();
}
