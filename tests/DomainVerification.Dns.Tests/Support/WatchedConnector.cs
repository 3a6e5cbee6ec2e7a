using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>Connects over TCP, and lets a test wait until all that came has been dealt with: the client then asks for more.</summary>
internal sealed class WatchedConnector : IStreamConnector, IDisposable
{
    private readonly SemaphoreSlim _reads = new(0);

    /// <summary>How many connections have been made.</summary>
    public int Connections { get; private set; }

    public async ValueTask<Stream> ConnectAsync(DnsServerEndpoint server, CancellationToken cancellationToken)
    {
        Socket socket = new(server.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.SocketAddress, cancellationToken);
        Connections++;
        return new WatchedStream(socket, _reads);
    }

    /// <summary>Completes once for each time that a connection has asked for octets.</summary>
    public Task NextReadAsync(CancellationToken cancellationToken) => _reads.WaitAsync(cancellationToken);

    public void Dispose() => _reads.Dispose();

    private sealed class WatchedStream(Socket socket, SemaphoreSlim reads) : NetworkStream(socket, ownsSocket: true)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            reads.Release();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
