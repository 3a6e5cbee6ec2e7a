using System.Globalization;

namespace DomainVerification.Dns.Tests;

public sealed class UdpOutboxTests : IDisposable
{
    private readonly SetBench _bench = new();
    private readonly HeldServer _server = new();
    private readonly UdpOutbox _outbox = new();

    public void Dispose()
    {
        _bench.Dispose();
        _server.Dispose();
    }

    [EpollFact]
    public async Task MoreThanOneCallTakes_AreSentInTheirOrder_EachOnce()
    {
        var port = _bench.OpenPort(_server.Endpoint, UdpPeer.MaxQueriesPerPort);
        var operations = Enumerable.Range(0, 100).Select(index => Add(port, Queries.Text(Name(index)))).ToList();
        Assert.False(_server.HasMore);

        _outbox.Send();
        _outbox.Send();

        var received = await _server.ReceiveAsync(100);
        Assert.Equal(operations.Select(operation => operation.Query.Message.ToArray()), received.Select(query => query.Octets));
        Assert.False(_server.HasMore);
    }

    [EpollFact]
    public async Task LongQueries_GoByThemselves_AmongTheOthers()
    {
        var port = _bench.OpenPort(_server.Endpoint, UdpPeer.MaxQueriesPerPort);
        UdpOperation[] operations =
        [
            Add(port, Queries.Text(Name(0))),
            Add(port, Long(1)),
            Add(port, Queries.Text(Name(2))),
            Add(port, Long(3)),
            Add(port, Long(4)),
        ];

        _outbox.Send();

        var received = await _server.ReceiveAsync(5);
        Assert.Equal(operations.Select(operation => operation.Query.Message.ToArray()), received.Select(query => query.Octets));
        Assert.InRange(received[1].Octets.Length, 600, 700);
        Assert.False(_server.HasMore);
    }

    [EpollFact]
    public async Task QueriesOfSeveralPorts_GoFromTheirOwn()
    {
        UdpPort[] ports = [_bench.OpenPort(_server.Endpoint, 128), _bench.OpenPort(_server.Endpoint, 128)];
        for (var i = 0; i < 6; i++)
        {
            Add(ports[i % 2], Queries.Text(Name(i)));
        }

        _outbox.Send();

        var received = await _server.ReceiveAsync(6);
        var even = received.Where(query => NumberOf(query) % 2 == 0).Select(query => query.Port).Distinct();
        var odd = received.Where(query => NumberOf(query) % 2 == 1).Select(query => query.Port).Distinct();
        Assert.NotEqual(Assert.Single(even), Assert.Single(odd));
    }

    [EpollFact]
    public async Task QueryThatHasEnded_IsNotSent()
    {
        var port = _bench.OpenPort(_server.Endpoint, 128);
        Add(port, Queries.Text(Name(0)));
        Assert.True(port.TryRemove(Add(port, Queries.Text(Name(1)))));
        Add(port, Queries.Text(Name(2)));

        _outbox.Send();

        Assert.Equal([0, 2], (await _server.ReceiveAsync(2)).Select(NumberOf));
        Assert.False(_server.HasMore);
    }

    /// <summary>Neither the port where its object waited before sends the next query of the object, nor the place there.</summary>
    [EpollTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ObjectOfAQueryThatHasEnded_SendsItsNextOneOnce(bool isSamePort)
    {
        var before = _bench.OpenPort(_server.Endpoint, 128);
        var after = isSamePort ? before : _bench.OpenPort(_server.Endpoint, 128);
        var operation = Add(before, Queries.Text(Name(0)));
        Assert.True(before.TryRemove(operation));
        operation.Release();
        Assert.Same(operation, Add(after, Queries.Text(Name(1))));

        _outbox.Send();

        var received = Assert.Single(await _server.ReceiveAsync(1));
        Assert.Equal(1, NumberOf(received));
        Assert.False(_server.HasMore);
        _server.Answer([received]);
        var exchange = operation.Exchange.AsTask();
        _bench.ReceiveUntil(exchange);
        Assert.Equal(DnsExchangeOutcome.Answered, (await exchange).Outcome);
    }

    [EpollTheory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task ServerThatIsGone_EndsAllOfItsPort(int count)
    {
        var port = _bench.OpenPort(_server.Endpoint, 128);
        _server.Dispose();
        port.Socket.Send([0]);
        var exchanges = Enumerable.Range(0, count).Select(index => Add(port, Queries.Text(Name(index))).Exchange.AsTask()).ToList();

        _outbox.Send();

        Assert.All(exchanges, exchange => Assert.True(exchange.IsCompleted));
        Assert.All(await Task.WhenAll(exchanges), exchange => Assert.Equal("connection_refused", exchange.Detail));
        Assert.True(_bench.Set.IsEmpty);
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{index}.example.com");

    private static int NumberOf(ReceivedQuery query) =>
        int.Parse(Answers.Read(query.Octets).Question!.Name.ToString().Split('.')[0], CultureInfo.InvariantCulture);

    private static DnsQuery Long(int index)
    {
        var query = Queries.Text(Name(index));
        return query with { Edns = new DnsEdns { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Padding, new byte[600])] } };
    }

    private UdpOperation Add(UdpPort port, DnsQuery query)
    {
        var operation = _bench.Begin(port, query);
        _outbox.Add(port, operation);
        return operation;
    }
}
