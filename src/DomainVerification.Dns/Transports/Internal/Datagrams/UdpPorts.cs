using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>All open ports of a transport, and the clock of the queries that wait there.</summary>
internal sealed class UdpPorts(UdpReceiver receiver, TimeProvider timeProvider)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    // A host without IPv6 would else open a socket for each query to such an address, only to be told again that there is no way.
    private static readonly TimeSpan NoRoute = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<UdpPort> _open = [];
    private ITimer? _timer;
    private long _armedFor = long.MaxValue;
    private bool _isClosed;

    /// <summary>How long it holds that there is no way to a server, as a difference of timestamps.</summary>
    public long NoRouteTime { get; } = (long)(NoRoute.TotalSeconds * timeProvider.TimestampFrequency);

    /// <inheritdoc cref="UdpReceiver.Open"/>
    public UdpSocket OpenSocket(DnsServerEndpoint server, bool isShared, bool polls) => receiver.Open(server, isShared, polls);

    /// <inheritdoc cref="UdpReceiver.Polls"/>
    public bool Polls(DnsServerEndpoint server, bool isShared) => receiver.Polls(server, isShared);

    public void Add(UdpPort port)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new SocketException((int)SocketError.Shutdown);
            }

            _open.Add(port);
        }

        try
        {
            receiver.Add(port);
        }
        catch
        {
            Remove(port);
            throw;
        }
    }

    /// <summary>Closes a port that nobody waits at.</summary>
    public void Close(UdpPort port)
    {
        receiver.Close(port);
        Remove(port);
    }

    /// <summary>Sees to it that somebody looks when a time is up. One timer serves all queries: it is set to the earliest only.</summary>
    public void Watch(long deadline)
    {
        if (deadline >= Volatile.Read(ref _armedFor))
        {
            return;
        }

        lock (_gate)
        {
            if (deadline < _armedFor && _open.Count > 0)
            {
                Arm(deadline);
            }
        }
    }

    /// <summary>Ends all queries, whose transport is disposed.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        foreach (var port in Open())
        {
            port.Fail(SocketError.Shutdown);
        }

        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            _armedFor = long.MaxValue;
        }
    }

    private void EndDue()
    {
        lock (_gate)
        {
            _armedFor = long.MaxValue;
        }

        var now = timeProvider.GetTimestamp();
        var next = long.MaxValue;
        foreach (var port in Open())
        {
            next = Math.Min(next, port.EndDue(now));
        }

        if (next < long.MaxValue)
        {
            Watch(next);
        }
    }

    private void Remove(UdpPort port)
    {
        lock (_gate)
        {
            _open.Remove(port);
            if (_open.Count == 0)
            {
                Disarm();
            }
        }
    }

    private UdpPort[] Open()
    {
        lock (_gate)
        {
            return [.. _open];
        }
    }

    private void Arm(long deadline)
    {
        _armedFor = deadline;
        var left = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), deadline);
        _timer ??= OwnTimer.Create(timeProvider, static ports => ((UdpPorts)ports!).EndDue(), this);
        _timer.Change(left > Shortest ? left : Shortest, Timeout.InfiniteTimeSpan);
    }

    private void Disarm()
    {
        if (_armedFor < long.MaxValue)
        {
            _armedFor = long.MaxValue;
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
