namespace DomainVerification.Dns.Tests;

/// <summary>The receiver of the system, which tells how many ports it has. It reads them all itself, whatever else the pool has to do.</summary>
internal class CountingReceiver : UdpReceiver
{
    private readonly UdpReceiver _inner = Epoll.IsAvailable
        ? new EpollReceiver { DenseTime = TimeSpan.Zero, IsPoolBusy = static () => false }
        : Create();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override PoolCompletions Completions => _inner.Completions;

    public override bool Polls(DnsServerEndpoint server, bool isShared) => _inner.Polls(server, isShared);

    public override void Await(UdpPort port) => _inner.Await(port);

    public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls) => _inner.Open(server, isShared, polls);

    public override void Add(UdpPort port)
    {
        Interlocked.Increment(ref _count);
        _inner.Add(port);
    }

    public override void Close(UdpPort port)
    {
        Interlocked.Decrement(ref _count);
        _inner.Close(port);
    }

    public override void Send(UdpPort port, UdpOperation operation) => _inner.Send(port, operation);
}
