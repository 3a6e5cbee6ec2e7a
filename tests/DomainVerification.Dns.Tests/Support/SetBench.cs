namespace DomainVerification.Dns.Tests;

/// <summary>Exchanges over an <see cref="EpollSet"/> that a test reads by itself.</summary>
internal sealed class SetBench : UdpReceiver, IUdpCompletions, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly UdpPorts _ports;
    private bool _isDisposed;

    public SetBench()
    {
        _ports = new UdpPorts(this, TimeProvider.System);
        Operations = new UdpOperationPool(TimeProvider.System);
        Exchanges = new UdpExchanges(this, this, Operations, TimeProvider.System);
    }

    public EpollSet Set { get; } = new();

    public UdpExchanges Exchanges { get; }

    public UdpOperationPool Operations { get; }

    public Task<DnsExchange> ExchangeAsync(DnsServerEndpoint server, DnsQuery query) =>
        Exchanges.Begin(server, QueryParts.Of(query), takesText: false, Patience, CancellationToken.None).Exchange.AsTask();

    /// <summary>A port with a socket of the set, without a query.</summary>
    public UdpPort OpenPort(DnsServerEndpoint server, int capacity = 1)
    {
        UdpPort port = new(new UdpPeer(server, _ports), Open(server, capacity > 1), capacity);
        Add(port);
        return port;
    }

    /// <summary>Begins a query at a port, without sending it.</summary>
    public UdpOperation Begin(UdpPort port, DnsQuery query)
    {
        var operation = Operations.Rent(this);
        operation.Begin(QueryParts.Of(query), takesText: false, Patience, CancellationToken.None);
        Assert.Equal(UdpPortAnswer.Taken, port.TryAdd(operation, int.MaxValue));
        return operation;
    }

    public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls = false) => Set.Released.Open(server, isShared);

    public override void Add(UdpPort port) => Set.Add(port);

    public override void Close(UdpPort port)
    {
        if (!Set.Released.TryKeep(port))
        {
            Set.Remove(port, keepsNumber: false);
            port.Socket.Dispose();
        }
    }

    bool IUdpCompletions.IsIdle => true;

    void IUdpCompletions.Add(UdpOperation operation) => operation.GoOn();

    public void ReceiveUntil(Task end)
    {
        while (!end.IsCompleted)
        {
            Assert.True(Set.Receive((int)Patience.TotalMilliseconds));
        }
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Exchanges.Close();
            Set.Dispose();
        }
    }
}
