using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Testing.Tests.Server;

/// <summary>A test that needs a loopback address that not every system has; skipped by name where it is missing.</summary>
internal sealed class LoopbackAddressFactAttribute : FactAttribute
{
    public LoopbackAddressFactAttribute(string address)
    {
        Address = address;
        if (!CanBind(IPAddress.Parse(address)))
        {
            Skip = $"This system does not answer on {address}.";
        }
    }

    public string Address { get; }

    private static bool CanBind(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
