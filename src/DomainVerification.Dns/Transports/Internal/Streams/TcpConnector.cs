using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>Connects over TCP, in clear text.</summary>
internal sealed class TcpConnector : IStreamConnector
{
    public async ValueTask<Stream> ConnectAsync(DnsServerEndpoint server, CancellationToken cancellationToken)
    {
        Socket socket = new(server.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.SocketAddress, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
