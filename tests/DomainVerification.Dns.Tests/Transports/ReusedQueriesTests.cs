using System.Globalization;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>The list of a port's queries serves another port after it closed, whatever is still called on the one before.</summary>
public sealed class ReusedQueriesTests : IDisposable
{
    private readonly SetBench _bench = new();
    private readonly HeldServer _server = new();

    public void Dispose()
    {
        _bench.Dispose();
        _server.Dispose();
    }

    [EpollTheory]
    [InlineData(1)]
    [InlineData(UdpPeer.MaxQueriesPerPort)]
    public void LateCalls_OnAPortThatClosed_ChangeNothingOfTheNextOne(int capacity)
    {
        var before = _bench.OpenPort(_server.Endpoint, capacity);
        var ended = _bench.Begin(before, Query(0));
        var answer = Answers.Name(ended.Query.Message.ToArray());
        before.Retire();
        Assert.True(before.TryRemove(ended));
        Assert.True(before.IsClosed);
        var next = _bench.OpenPort(_server.Endpoint, capacity);
        var waiting = _bench.Begin(next, Query(1));

        before.Send(waiting, waiting.Slot);
        before.Send(ended, ended.Slot);
        Assert.False(before.TryRemove(waiting));
        Assert.False(before.TryRemove(ended));
        Assert.False(before.Take(answer));
        Assert.False(before.Take(Answers.Name(waiting.Query.Message.ToArray())));
        Assert.Equal(long.MaxValue, before.EndDue(long.MaxValue));
        before.Fail(SocketError.ConnectionRefused);
        before.Retire();
        Assert.Equal(UdpPortAnswer.Spent, before.TryAdd(waiting, int.MaxValue));
        PacketBatch packets = new(4, 512);
        var at = 0;
        Assert.Null(before.Gather([(waiting, waiting.Slot), (ended, 0)], ref at, packets));
        Assert.Equal((2, 0), (at, packets.Count));

        // As where the port closes after they were put together.
        Assert.True(packets.TryAdd([1, 2, 3]));
        before.Send(packets);

        Assert.False(next.IsClosed);
        Assert.False(_server.HasMore);
        next.Send(waiting, waiting.Slot);
        Assert.True(_server.HasMore);
        Assert.False(IsEnded(waiting));
        next.Take(Answers.Name(waiting.Query.Message.ToArray()));
        Assert.True(IsEnded(waiting));
    }

    /// <summary>Whoever has a list next has it without the queries, the ids and the forged packets of the one before.</summary>
    [EpollTheory]
    [InlineData(1)]
    [InlineData(UdpPeer.MaxQueriesPerPort)]
    public void List_IsEmptyForTheNextPort(int capacity)
    {
        for (var round = 0; round < 3; round++)
        {
            var port = _bench.OpenPort(_server.Endpoint, capacity);
            var operation = _bench.Begin(port, Query(0));
            for (var forged = 0; forged < UdpDnsTransport.MaxIgnoredPackets; forged++)
            {
                Assert.True(port.Take(Answers.WrongId(operation.Query.Message.ToArray())));
            }

            Assert.Equal(UdpDnsTransport.MaxIgnoredPackets, operation.Ignored(UdpDnsTransport.MaxIgnoredPackets));
            port.Retire();
            Assert.True(port.TryRemove(operation));
            Assert.True(port.IsClosed);
        }
    }

    private static DnsQuery Query(int index) => Queries.Text(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com"));

    private static bool IsEnded(UdpOperation operation) => operation.Exchange.IsCompleted;
}
