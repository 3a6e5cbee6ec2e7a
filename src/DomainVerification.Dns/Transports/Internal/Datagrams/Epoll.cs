using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DomainVerification.Dns;

/// <summary>The calls of Linux that tell which of many sockets have something to read.</summary>
internal static partial class Epoll
{
    private const int CloseOnExec = 0x80000;
    private const int AddCommand = 1;
    private const int RemoveCommand = 2;
    private const uint Readable = 1;
    private const string Library = "libc";

    // On x64 the kernel packs the event; elsewhere the number is aligned.
    private static readonly int NumberOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    /// <summary>The octets of one event.</summary>
    public static readonly int EventLength = NumberOffset + 8;

    /// <summary>Whether this system has them, and what else Linux has for many packets at a time.</summary>
    public static bool IsAvailable { get; } = OperatingSystem.IsLinux() && Probe();

    /// <summary>A new set of sockets.</summary>
    /// <exception cref="SocketException">The system has no room for it.</exception>
    public static int Create()
    {
        var set = EpollCreate(CloseOnExec);
        return set >= 0 ? set : throw new SocketException((int)SocketError.TooManyOpenSockets);
    }

    /// <summary>Adds a socket under a number. The kernel takes it out when it is closed.</summary>
    /// <exception cref="SocketException">The system has no room for it.</exception>
    public static void Add(int set, SafeHandleMinusOneIsInvalid socket, int number)
    {
        Span<byte> added = stackalloc byte[EventLength];
        added.Clear();
        MemoryMarshal.Write(added, Readable);
        MemoryMarshal.Write(added[NumberOffset..], (long)number);
        if (EpollControl(set, AddCommand, socket, ref MemoryMarshal.GetReference(added)) != 0)
        {
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
        }
    }

    /// <summary>Takes out a socket that stays open.</summary>
    public static void Remove(int set, SafeHandleMinusOneIsInvalid socket)
    {
        Span<byte> unused = stackalloc byte[EventLength];
        _ = EpollControl(set, RemoveCommand, socket, ref MemoryMarshal.GetReference(unused));
    }

    /// <summary>Waits until sockets have something to read.</summary>
    /// <returns>How many events there are; negative where a signal came between.</returns>
    public static int Wait(int set, Span<byte> events, int milliseconds) =>
        EpollWait(set, ref MemoryMarshal.GetReference(events), events.Length / EventLength, milliseconds);

    /// <summary>The number of the socket of one event.</summary>
    public static int NumberOf(ReadOnlySpan<byte> events, int index) =>
        (int)MemoryMarshal.Read<long>(events[((index * EventLength) + NumberOffset)..]);

    public static void Close(int set) => _ = CloseFile(set);

    private static bool Probe()
    {
        try
        {
            Close(Create());
            return LinuxSockets.MayBatch();
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or SocketException)
        {
            return false;
        }
    }

    [LibraryImport(Library, EntryPoint = "epoll_create1")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollControl(int set, int command, SafeHandleMinusOneIsInvalid socket, ref byte added);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollWait(int set, ref byte events, int count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseFile(int file);
}
