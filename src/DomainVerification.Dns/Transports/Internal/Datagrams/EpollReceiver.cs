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

    public override bool HasLanes => true;

    public override UdpSocket Open(DnsServerEndpoint server, bool isShared) => new LinuxUdpSocket(server, isShared);

    public override void Add(UdpPort port)
    {
        lock (_gate)
        {
            (_set ?? Start()).Add(port);
        }
    }

    public override void Close(UdpPort port)
    {
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
        thread.UnsafeStart(set);
        return _set = set;
    }

    private void Run(object? state)
    {
        var set = (EpollSet)state!;
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
            _set = null;
            return true;
        }
    }
}
