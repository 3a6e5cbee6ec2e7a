using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Tests.Servers;

/// <summary>Ports for the servers that tests start.</summary>
internal static class LoopbackPort
{
    /// <summary>A port of loopback that is free for UDP and for TCP; somebody else may take it before a server does.</summary>
    internal static int FindFree()
    {
        while (true)
        {
            using var stream = new Socket(SocketType.Stream, ProtocolType.Tcp);
            stream.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var port = ((IPEndPoint)stream.LocalEndPoint!).Port;
            using var datagram = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                datagram.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
        }
    }
}
