using System.Buffers;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>One asynchronous loop for every port: works everywhere, and costs more.</summary>
internal sealed class TaskReceiver : UdpReceiver
{
    public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls) => new PortableUdpSocket(server, isShared);

    public override void Add(UdpPort port) => _ = ReceiveAsync(port, (PortableUdpSocket)port.Socket);

    // The loop ends with the socket.
    public override void Close(UdpPort port) => port.Socket.Dispose();

    private static async Task ReceiveAsync(UdpPort port, PortableUdpSocket socket)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer).ConfigureAwait(false);
                port.Take(buffer.AsSpan(0, length));
            }
        }
        catch (SocketException error)
        {
            port.Fail(error.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            // The port is closed, so nobody waits.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
