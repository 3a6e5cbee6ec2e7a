using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// A socket that is connected to one server, on a port that the kernel chose at random, and does not block. Closing it ends no call that is
/// under way in another thread; the descriptor stays taken until the last of them is over.
/// </summary>
internal abstract class UdpSocket : IDisposable
{
    // Holds the answers that many queries may get at once; the kernel gives what it allows.
    protected const int SharedReceiveBufferSize = 1 << 20;

    /// <summary>Sends one packet. A full buffer loses it as the network might, which is no error.</summary>
    public abstract SocketError Send(ReadOnlySpan<byte> packet);

    /// <summary>
    /// Takes one packet that has come. Where there is none, the error is <see cref="SocketError.WouldBlock"/>.
    /// </summary>
    public abstract int Receive(Span<byte> buffer, out SocketError error);

    public abstract void Dispose();
}
