using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>
/// One thread that reads all ports. It starts with the first port and ends when there was none for a while.
/// </summary>
internal sealed class EpollReceiver : UdpReceiver
{
    private const int EventsAtOnce = 64;

    // So many packets of one port in a row, before others have their turn.
    private const int PacketsAtOnce = 32;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Stack<int> _freeNumbers = new();
    private UdpPort?[] _ports = new UdpPort?[16];
    private int _numbers;
    private int _count;
    private int _set = -1;

    public override UdpSocket Open(DnsServerEndpoint server, bool isShared) => new LinuxUdpSocket(server, isShared);

    public override void Add(UdpPort port)
    {
        lock (_gate)
        {
            if (_set < 0)
            {
                Start();
            }

            port.Index = _freeNumbers.TryPop(out var number) ? number : _numbers++;
            if (port.Index == _ports.Length)
            {
                Array.Resize(ref _ports, _ports.Length * 2);
            }

            _ports[port.Index] = port;
            _count++;
            Epoll.Add(_set, ((LinuxUdpSocket)port.Socket).Handle, port.Index);
        }
    }

    public override void Remove(UdpPort port)
    {
        lock (_gate)
        {
            if (_ports[port.Index] != port)
            {
                return;
            }

            _ports[port.Index] = null;
            _freeNumbers.Push(port.Index);
            _count--;
        }
    }

    private void Start()
    {
        _set = Epoll.Create();
        Thread thread = new(Run, 256 * 1024) { IsBackground = true, Name = "DNS over UDP" };
        thread.UnsafeStart(_set);
    }

    private void Run(object? state)
    {
        var set = (int)state!;
        var buffer = new byte[BufferLength];
        var events = new byte[EventsAtOnce * Epoll.EventLength];
        while (true)
        {
            var count = Epoll.Wait(set, events, (int)IdleTime.TotalMilliseconds);
            if (count == 0 && TryEnd(set))
            {
                return;
            }

            for (var i = 0; i < count; i++)
            {
                // A port may have gone meanwhile and another have its number: then there is nothing to read yet.
                var port = Volatile.Read(ref _ports)[Epoll.NumberOf(events, i)];
                if (port is not null)
                {
                    Receive(port, buffer);
                }
            }
        }
    }

    private static void Receive(UdpPort port, byte[] buffer)
    {
        try
        {
            for (var packets = 0; packets < PacketsAtOnce && port.Receive(buffer); packets++)
            {
            }
        }
        catch (Exception)
        {
            // A fault of ours with one packet must end the queries of its port, and not the process.
            port.Fail(SocketError.SocketError);
        }
    }

    private bool TryEnd(int set)
    {
        lock (_gate)
        {
            if (_count > 0)
            {
                return false;
            }

            Epoll.Close(set);
            _set = -1;
            return true;
        }
    }
}
