using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace DomainVerification.Dns;

/// <summary>
/// A socket by the calls of Linux. A socket of .NET makes more than twice as many calls for a query that has a port to itself, most of them
/// when it is closed.
/// </summary>
internal sealed class LinuxUdpSocket : UdpSocket
{
    // What came after the last query was answered; nobody sends more unless to flood.
    private const int MaxLeftovers = 64;

    private readonly LinuxSocketHandle _handle;

    /// <inheritdoc cref="UdpReceiver.Open"/>
    public LinuxUdpSocket(DnsServerEndpoint server, bool isShared)
    {
        (Family, IsShared) = (server.Address.AddressFamily, isShared);
        _handle = LinuxSockets.Open(Family);
        try
        {
            if (isShared)
            {
                LinuxSockets.SetReceiveBuffer(_handle, SharedReceiveBufferSize);
            }

            Connect(server);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>The descriptor.</summary>
    public SafeHandleMinusOneIsInvalid Handle => _handle;

    /// <summary>Of which family the servers are that it can be connected to.</summary>
    public AddressFamily Family { get; }

    /// <summary>Whether it was opened for many answers at once.</summary>
    public bool IsShared { get; }

    /// <summary>The set that it is in, and the number under which that knows it; null where it is in none.</summary>
    public (EpollSet Set, int Number)? Place { get; set; }

    /// <summary>Whether that set waits for what comes to it.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>Sets whom the socket hears and sends to. The kernel chooses a port for it, where nothing has come yet.</summary>
    /// <exception cref="SocketException">There is no way to the server, or somebody floods the port.</exception>
    public void Connect(DnsServerEndpoint server)
    {
        if (server.Address.IsIPv4MappedToIPv6)
        {
            // Linux would speak IPv4 here, unlike a socket of .NET, and past whoever allows or forbids addresses of IPv4.
            throw new SocketException((int)SocketError.NetworkUnreachable);
        }

        LinuxSockets.Connect(_handle, server.SocketAddress.Serialize());
        if (!TryForget())
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    /// <summary>
    /// Gives the port back to the kernel and forgets what came to it, so that nothing of it is heard after the next <see cref="Connect"/>.
    /// False where that could not be done: the socket is to be closed then.
    /// </summary>
    public bool TryRelease() => LinuxSockets.TryDisconnect(_handle) && TryForget();

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

    /// <inheritdoc cref="PacketBatch.Send"/>
    public SocketError Send(PacketBatch packets)
    {
        try
        {
            return packets.Send(_handle);
        }
        catch (ObjectDisposedException)
        {
            return SocketError.Success;
        }
    }

    /// <inheritdoc cref="PacketBatch.Receive"/>
    public SocketError Receive(PacketBatch packets)
    {
        try
        {
            return packets.Receive(_handle);
        }
        catch (ObjectDisposedException)
        {
            return SocketError.WouldBlock;
        }
    }

    public override void Dispose() => _handle.Dispose();

    // What comes before anything was sent is the answer to nothing: it was on its way to the port before, or came from anybody in the
    // moment when the kernel had chosen the port and did not know the server yet. False where there is no end of it.
    private bool TryForget()
    {
        Span<byte> leftover = stackalloc byte[1];
        for (var i = 0; i < MaxLeftovers; i++)
        {
            Receive(leftover, out var error);
            if (error == SocketError.WouldBlock)
            {
                return true;
            }
        }

        return false;
    }
}
