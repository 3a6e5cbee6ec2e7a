namespace DomainVerification.Dns.Tests;

public sealed class EpollSetTests : IDisposable
{
    private readonly SetBench _bench = new();
    private readonly HeldServer _server = new();

    public void Dispose()
    {
        _bench.Dispose();
        _server.Dispose();
    }

    /// <summary>More than it has room for at first, and more than one call tells of.</summary>
    [EpollTheory]
    [InlineData(17)]
    [InlineData(150)]
    public async Task ManyPorts_AreAllHeard(int count)
    {
        // Equal questions never share a port.
        var query = Queries.Text("example.com");
        var exchanges = Enumerable.Range(0, count).Select(_ => _bench.ExchangeAsync(_server.Endpoint, query)).ToList();
        var queries = await _server.ReceiveAsync(count);
        Assert.Equal(count, queries.Select(received => received.Port).Distinct().Count());

        _server.Answer(queries);
        _bench.ReceiveUntil(Task.WhenAll(exchanges));

        Assert.All(await Task.WhenAll(exchanges), exchange => Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome));
        Assert.True(_bench.Set.IsEmpty);
    }

    [EpollTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Numbers_AreUsedAgain(bool keepsSockets)
    {
        HashSet<int> numbers = [];
        for (var i = 0; i < 500; i++)
        {
            UdpPort[] ports = [_bench.OpenPort(_server.Endpoint), _bench.OpenPort(_server.Endpoint)];
            numbers.UnionWith(ports.Select(NumberOf));
            Array.ForEach(ports, port =>
            {
                if (!keepsSockets || !_bench.Set.Released.TryKeep(port))
                {
                    _bench.Set.Remove(port, keepsNumber: false);
                    port.Socket.Dispose();
                }
            });
        }

        Assert.Equal(2, numbers.Count);
        Assert.True(_bench.Set.IsEmpty);
    }

    [EpollFact]
    public void NumberOfAPortThatHasGone_IsTheNextOnes_WhichAloneIsHeard()
    {
        var first = _bench.OpenPort(_server.Endpoint);
        var number = NumberOf(first);
        _bench.Set.Remove(first, keepsNumber: false);

        var second = _bench.OpenPort(_server.Endpoint);
        Assert.Equal(number, NumberOf(second));

        // To remove it once more takes nothing from the one who has its number now.
        _bench.Set.Remove(first, keepsNumber: false);
        Assert.False(_bench.Set.IsEmpty);
        Assert.NotEqual(number, NumberOf(_bench.OpenPort(_server.Endpoint)));
        first.Socket.Dispose();
    }

    [EpollFact]
    public void PortWhoseSocketIsAnothers_TakesNothingFromThat()
    {
        var first = _bench.OpenPort(_server.Endpoint);
        Assert.True(_bench.Set.Released.TryKeep(first));
        var second = _bench.OpenPort(_server.Endpoint);
        Assert.Same(first.Socket, second.Socket);

        _bench.Set.Remove(first, keepsNumber: false);

        Assert.False(_bench.Set.IsEmpty);
        Assert.NotEqual(NumberOf(second), NumberOf(_bench.OpenPort(_server.Endpoint)));
    }

    /// <summary>A thread may end, and the next one begin, between the opening of a socket and its port.</summary>
    [EpollFact]
    public async Task SocketThatAnotherSetKept_IsHeard()
    {
        using SetBench ended = new();
        Assert.True(ended.Set.Released.TryKeep(ended.OpenPort(_server.Endpoint)));
        var socket = ended.Open(_server.Endpoint, isShared: false);
        ended.Dispose();
        UdpPort port = new(new UdpPeer(_server.Endpoint, new UdpPorts(_bench, TimeProvider.System)), socket, 1);
        _bench.Set.Add(port);
        var others = _bench.OpenPort(_server.Endpoint);

        var operation = _bench.Begin(port, Queries.Text("example.com"));
        port.Send(operation);
        _server.Answer(await _server.ReceiveAsync(1));
        var exchange = operation.Exchange.AsTask();
        _bench.ReceiveUntil(exchange);

        Assert.Equal(DnsExchangeOutcome.Answered, (await exchange).Outcome);
        Assert.NotEqual(NumberOf(port), NumberOf(others));
        _bench.Close(port);
        _bench.Close(others);
        Assert.True(_bench.Set.IsEmpty);
    }

    [EpollFact]
    public void Bell_EndsTheWaitingOnceForEachTime()
    {
        using var bell = EventHandle.Create();
        _bench.Set.Add(bell);
        Assert.False(_bench.Set.Receive(0));

        bell.Set();
        bell.Set();

        Assert.True(_bench.Set.Receive(-1));
        Assert.False(_bench.Set.Receive(0));
        bell.Set();
        Assert.True(_bench.Set.Receive(-1));
    }

    private static int NumberOf(UdpPort port) => ((LinuxUdpSocket)port.Socket).Place!.Value.Number;
}
