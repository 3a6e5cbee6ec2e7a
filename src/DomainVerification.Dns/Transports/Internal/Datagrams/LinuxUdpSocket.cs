using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace DomainVerification.Dns;

/// <summary>
/// A socket by the calls of Linux. A socket of .NET makes more than twice as many calls for a query that has a port to itself, most of them
/// when it is closed.
/// </summary>
internal sealed class LinuxUdpSocket : UdpSocket
{
    private readonly LinuxSocketHandle _handle;

    /// <inheritdoc cref="UdpReceiver.Open"/>
    public LinuxUdpSocket(DnsServerEndpoint server, bool isShared)
    {
        if (server.Address.IsIPv4MappedToIPv6)
        {
            // Linux would speak IPv4 here, unlike a socket of .NET, and past whoever allows or forbids addresses of IPv4.
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        _handle = LinuxSockets.Open(server.Address.AddressFamily);
        try
        {
            if (isShared)
            {
                LinuxSockets.SetReceiveBuffer(_handle, SharedReceiveBufferSize);
            }

            LinuxSockets.Connect(_handle, server.SocketAddress.Serialize());
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>The descriptor.</summary>
    public SafeHandleMinusOneIsInvalid Handle => _handle;

    public override SocketError Send(ReadOnlySpan<byte> packet)
    {
        try
        {
            var error = LinuxSockets.Send(_handle, packet);
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
            return LinuxSockets.Receive(_handle, buffer, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.WouldBlock;
            return 0;
        }
    }

    public override void Dispose() => _handle.Dispose();
}
