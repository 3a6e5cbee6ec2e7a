namespace DomainVerification.Dns.Tests;

/// <summary>The receiver of the system, which tells how many ports it has.</summary>
internal class CountingReceiver : UdpReceiver
{
    private readonly UdpReceiver _inner = Create();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public override bool Polls(DnsServerEndpoint server, bool isShared) => _inner.Polls(server, isShared);

    public override void Await(UdpPort port) => _inner.Await(port);

    public override UdpSocket Open(DnsServerEndpoint server, bool isShared) => _inner.Open(server, isShared);

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
}
