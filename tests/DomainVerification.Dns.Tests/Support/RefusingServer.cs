using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>A port of loopback that nobody hears: its socket keeps it from others, and is connected to itself.</summary>
internal sealed class RefusingServer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public RefusingServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(_socket.LocalEndPoint!);
    }

    public DnsServerEndpoint Endpoint => new(IPAddress.Loopback, ((IPEndPoint)_socket.LocalEndPoint!).Port);

    public void Dispose() => _socket.Dispose();
}
