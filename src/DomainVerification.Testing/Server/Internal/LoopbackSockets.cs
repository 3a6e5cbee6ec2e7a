using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Testing;

/// <summary>A UDP and a listening TCP socket at the same address and port.</summary>
internal sealed record LoopbackSockets(Socket Udp, Socket Tcp, IPEndPoint Endpoint) : IDisposable
{
    private const int Attempts = 64;
    private const int Backlog = 512;
    private const int ReceiveBuffer = 4 * 1024 * 1024;

    /// <summary>Binds both. A free port is one of UDP at first, so TCP may have it taken: then another is tried.</summary>
    public static LoopbackSockets Bind(IPAddress address, int port)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return BindOnce(address, port);
            }
            catch (SocketException taken) when (port == 0 && attempt < Attempts && taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
            }
        }
    }

    public void Dispose()
    {
        Udp.Dispose();
        Tcp.Dispose();
    }

    private static LoopbackSockets BindOnce(IPAddress address, int port)
    {
        var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBuffer };
        var tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            udp.Bind(new IPEndPoint(address, port));
            var endpoint = (IPEndPoint)udp.LocalEndPoint!;
            tcp.Bind(endpoint);
            tcp.Listen(Backlog);
            return new LoopbackSockets(udp, tcp, endpoint);
        }
        catch
        {
            udp.Dispose();
            tcp.Dispose();
            throw;
        }
    }
}
