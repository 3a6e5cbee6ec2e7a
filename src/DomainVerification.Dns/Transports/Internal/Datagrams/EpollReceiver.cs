using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// One thread that reads all ports. It starts with the first port and ends when there was none for a while.
/// </summary>
internal sealed class EpollReceiver : UdpReceiver
{
    private const int StackSize = 256 * 1024;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private EpollSet? _set;
    private int _threadId;

    public override bool HasLanes => true;

    // A server on this machine has often answered before a thread could be woken to hear it.
    public override bool Polls(DnsServerEndpoint server, bool isShared) => !isShared && IPAddress.IsLoopback(server.Address);

    public override UdpSocket Open(DnsServerEndpoint server, bool isShared)
    {
        EpollSet set;
        lock (_gate)
        {
            set = _set ??= Start();
        }

        return set.Released.Open(server, isShared, Polls(server, isShared));
    }

    public override void Add(UdpPort port)
    {
        lock (_gate)
        {
            (_set ??= Start()).Add(port);
        }
    }

    public override void Await(UdpPort port)
    {
        try
        {
            lock (_gate)
            {
                _set?.Await(port);
            }
        }
        catch (SocketException error)
        {
            port.Fail(error.SocketErrorCode);
        }
    }

    public override void Close(UdpPort port)
    {
        // Read by this thread alone, and after its one query nobody sends from it.
        var isReadHere = port.IsPolled ? port.IsPolledHere : _threadId == Environment.CurrentManagedThreadId;
        if (!port.IsShared && isReadHere && _set!.Released.TryKeep(port))
        {
            return;
        }

        lock (_gate)
        {
            _set?.Remove(port, keepsNumber: false);
        }

        port.Socket.Dispose();
    }

    private EpollSet Start()
    {
        EpollSet set = new();
        Thread thread = new(Run, StackSize) { IsBackground = true, Name = "DNS over UDP" };
        try
        {
            thread.UnsafeStart(set);
            return set;
        }
        catch (OutOfMemoryException)
        {
            // Also what a limit of threads is reported as.
            set.Dispose();
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
        }
    }

    private void Run(object? state)
    {
        var set = (EpollSet)state!;
        _threadId = Environment.CurrentManagedThreadId;
        while (set.Receive((int)IdleTime.TotalMilliseconds) || !TryEnd(set))
        {
        }
    }

    private bool TryEnd(EpollSet set)
    {
        lock (_gate)
        {
            if (!set.IsEmpty)
            {
                return false;
            }

            set.Dispose();
            (_set, _threadId) = (null, 0);
            return true;
        }
    }
}
