using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DomainVerification.Dns;

/// <summary>The calls of Linux for datagram sockets.</summary>
internal static partial class LinuxSockets
{
    private const int Datagram = 2;
    private const int DoNotBlock = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int InternetFamily = 2;
    private const int Internet6Family = 10;
    private const int SocketLevel = 1;
    private const int ReceiveBuffer = 8;
    private const int Interrupted = 4;
    private const int BadDescriptor = 9;
    private const string Library = "libc";

    /// <summary>A socket that does not block.</summary>
    /// <exception cref="SocketException">The system gives none.</exception>
    public static LinuxSocketHandle Open(AddressFamily family)
    {
        var native = family == AddressFamily.InterNetworkV6 ? Internet6Family : InternetFamily;
        var handle = OpenSocket(native, Datagram | DoNotBlock | CloseOnExec, 0);
        if (handle.IsInvalid)
        {
            var error = LastError();
            handle.Dispose();
            throw new SocketException((int)error);
        }

        return handle;
    }

    /// <summary>Asks for a buffer of so many octets. The system may give less, which is no error.</summary>
    public static void SetReceiveBuffer(LinuxSocketHandle socket, int octets) =>
        _ = SetOption(socket, SocketLevel, ReceiveBuffer, in octets, sizeof(int));

    /// <summary>Sets whom the socket hears and sends to, and gives it a port.</summary>
    /// <exception cref="SocketException">There is no way to the server.</exception>
    public static void Connect(LinuxSocketHandle socket, SocketAddress address)
    {
        if (ConnectSocket(socket, in MemoryMarshal.GetReference(address.Buffer.Span), address.Size) != 0)
        {
            throw new SocketException((int)LastError());
        }
    }

    /// <summary>Undoes <see cref="Connect"/>: the socket has no port then, and nothing comes to it.</summary>
    public static bool TryDisconnect(LinuxSocketHandle socket)
    {
        // An address of no family.
        Span<byte> nobody = stackalloc byte[16];
        nobody.Clear();
        return ConnectSocket(socket, in MemoryMarshal.GetReference(nobody), nobody.Length) == 0;
    }

    /// <summary>Whether packets may be sent and taken many at a time: a sandbox may know one at a time only.</summary>
    public static bool MayBatch()
    {
        using LinuxSocketHandle none = new();
        PacketBatch.Message packet = default;
        return SendPackets(none, ref packet, 1, 0) < 0 && Marshal.GetLastPInvokeError() == BadDescriptor
            && ReceivePackets(none, ref packet, 1, 0, 0) < 0 && Marshal.GetLastPInvokeError() == BadDescriptor;
    }

    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static SocketError Send(LinuxSocketHandle socket, ReadOnlySpan<byte> packet)
    {
        while (true)
        {
            if (SendPacket(socket, in MemoryMarshal.GetReference(packet), packet.Length, 0) >= 0)
            {
                return SocketError.Success;
            }

            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                return LastError();
            }
        }
    }

    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static int Receive(LinuxSocketHandle socket, Span<byte> buffer, out SocketError error) =>
        Check((int)ReceivePacket(socket, ref MemoryMarshal.GetReference(buffer), buffer.Length, 0), out error);

    /// <summary>Sends packets in their order.</summary>
    /// <returns>How many; none where there is an error, which is that of the first.</returns>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static int SendMany(LinuxSocketHandle socket, ref PacketBatch.Message packets, int count, out SocketError error) =>
        Check(SendPackets(socket, ref packets, (uint)count, 0), out error);

    /// <summary>Takes packets that have come.</summary>
    /// <returns>How many; none where there is an error.</returns>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static int ReceiveMany(LinuxSocketHandle socket, ref PacketBatch.Message packets, int count, out SocketError error) =>
        Check(ReceivePackets(socket, ref packets, (uint)count, 0, 0), out error);

    private static int Check(int result, out SocketError error)
    {
        error = result >= 0 ? SocketError.Success : LastError();
        return Math.Max(result, 0);
    }

    // The numbers of errno that all architectures have which .NET runs on: EPERM and EACCES, EMFILE and ENFILE, and so on.
    private static SocketError LastError() => Marshal.GetLastPInvokeError() switch
    {
        1 or 13 => SocketError.AccessDenied,
        Interrupted => SocketError.Interrupted,
        11 => SocketError.WouldBlock,
        12 or 105 => SocketError.NoBufferSpaceAvailable,
        23 or 24 => SocketError.TooManyOpenSockets,
        90 => SocketError.MessageSize,
        97 => SocketError.AddressFamilyNotSupported,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        104 => SocketError.ConnectionReset,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial LinuxSocketHandle OpenSocket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(LinuxSocketHandle socket, int level, int option, in int value, int length);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ConnectSocket(LinuxSocketHandle socket, in byte address, int length);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SendPacket(LinuxSocketHandle socket, in byte packet, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ReceivePacket(LinuxSocketHandle socket, ref byte buffer, nint length, int flags);

    [LibraryImport(Library, EntryPoint = "sendmmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendPackets(LinuxSocketHandle socket, ref PacketBatch.Message packets, uint count, int flags);

    [LibraryImport(Library, EntryPoint = "recvmmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReceivePackets(
        LinuxSocketHandle socket,
        ref PacketBatch.Message packets,
        uint count,
        int flags,
        nint noTimeout);

    [LibraryImport(Library, EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Close(nint socket);
}

/// <summary>A descriptor of a socket, which is not closed, and so not given away, while a call uses it.</summary>
internal sealed class LinuxSocketHandle() : SafeHandleMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => LinuxSockets.Close(handle) == 0;
}
