using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DomainVerification.Dns;

/// <summary>An event of Linux, by which any thread wakes the one that waits at an <see cref="EpollSet"/>.</summary>
internal sealed partial class EventHandle() : SafeHandleMinusOneIsInvalid(ownsHandle: true)
{
    private const int DoNotBlock = 0x800;
    private const int CloseOnExec = 0x80000;
    private const string Library = "libc";

    /// <exception cref="SocketException">The system gives none.</exception>
    public static EventHandle Create()
    {
        var handle = OpenEvent(0, DoNotBlock | CloseOnExec);
        if (handle.IsInvalid)
        {
            handle.Dispose();
            throw new SocketException((int)SocketError.TooManyOpenSockets);
        }

        return handle;
    }

    /// <summary>Wakes who waits, now or later. Once it is closed, nobody.</summary>
    public void Set()
    {
        try
        {
            var one = 1L;
            _ = Write(this, in one, sizeof(long));
        }
        catch (ObjectDisposedException)
        {
            // Who waited there has gone.
        }
    }

    /// <summary>Forgets that it was set.</summary>
    public void Clear() => _ = Read(this, out _, sizeof(long));

    protected override bool ReleaseHandle() => LinuxSockets.Close(handle) == 0;

    [LibraryImport(Library, EntryPoint = "eventfd")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial EventHandle OpenEvent(uint value, int flags);

    [LibraryImport(Library, EntryPoint = "write")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(EventHandle file, in long value, nint length);

    [LibraryImport(Library, EntryPoint = "read")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(EventHandle file, out long value, nint length);
}
