using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Testing;

/// <summary>The UDP side of a server: one loop receives, answers go out as they become ready.</summary>
internal sealed class UdpFront(Socket socket, QueryHandler handler, ServerTasks tasks)
{
    private readonly IPAddress _address = ((IPEndPoint)socket.LocalEndPoint!).Address;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[ushort.MaxValue];
        var anyone = new IPEndPoint(_address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anyone, cancellationToken).ConfigureAwait(false);
                var octets = buffer.AsMemory(0, received.ReceivedBytes).ToArray();
                tasks.TryStart(() => ServeAsync(octets, (IPEndPoint)received.RemoteEndPoint, cancellationToken));
            }
            catch (SocketException exception) when (ClientGone.Explains(exception))
            {
                // Some systems report here that a client did not wait for an earlier answer.
            }
        }
    }

    private async Task ServeAsync(byte[] octets, IPEndPoint client, CancellationToken cancellationToken)
    {
        foreach (var send in await handler.HandleAsync(octets, LoopbackTransport.Udp, client, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await SendAsync(send, client, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException exception) when (ClientGone.Explains(exception))
            {
                return;
            }
        }
    }

    private async Task SendAsync(ServerSend send, IPEndPoint client, CancellationToken cancellationToken)
    {
        if (send.Manner == SendManner.Normal)
        {
            await socket.SendToAsync(send.Octets, SocketFlags.None, client, cancellationToken).ConfigureAwait(false);
        }
        else if (send.Manner == SendManner.FromOtherPort)
        {
            using var other = new Socket(_address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            other.Bind(new IPEndPoint(_address, 0));
            await other.SendToAsync(send.Octets, SocketFlags.None, client, cancellationToken).ConfigureAwait(false);
        }
    }
}
