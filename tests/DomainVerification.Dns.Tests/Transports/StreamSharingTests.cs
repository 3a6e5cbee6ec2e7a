using System.Collections.Concurrent;
using DomainVerification.Testing;

namespace DomainVerification.Dns.Tests;

/// <summary>Connections that many queries share (RFC 7766).</summary>
public sealed class StreamSharingTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private TcpDnsTransport _transport;

    public StreamSharingTests() => _transport = new TcpDnsTransport(_time);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task W10_QueriesOneAfterAnother_ShareAConnection()
    {
        await using StreamServer server = new(peer => peer.EchoAsync());

        for (var i = 0; i < 20; i++)
        {
            await AssertAnsweredAsync(server, $"n{i}.example.com");
        }

        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task W10_AnswersInAnyOrder_ReachTheirOwnQueries()
    {
        await using StreamServer server = new(async peer =>
        {
            var queries = await peer.ReadAsync(50);
            foreach (var query in queries.Reverse())
            {
                await peer.SendAsync(Answers.Name(query));
            }

            await peer.HangAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => AssertAnsweredAsync(server, $"n{i}.example.com")));

        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task W02_IdsOnOneConnection_AreRandomAndDistinct()
    {
        ConcurrentQueue<int> ids = [];
        await using StreamServer server = new(async peer =>
        {
            foreach (var query in await peer.ReadAsync(128))
            {
                ids.Enqueue(Answers.Read(query).Id);
                await peer.SendAsync(Answers.Name(query));
            }

            await peer.HangAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, 128).Select(i => AssertAnsweredAsync(server, $"n{i}.example.com")));

        Assert.Equal(128, ids.Distinct().Count());
        Assert.Contains(ids.Zip(ids.Skip(1)), pair => Math.Abs(pair.First - pair.Second) > 256);
    }

    [Fact]
    public async Task W10_SwappedIds_AreNotTaken()
    {
        await using StreamServer server = new(async peer =>
        {
            var queries = await peer.ReadAsync(2);
            await peer.SendAsync(WithId(Answers.Text(queries[0], "forged"), queries[1]));
            await peer.SendAsync(WithId(Answers.Text(queries[1], "forged"), queries[0]));
            await peer.SendAsync(Answers.Name(queries[0]));
            await peer.SendAsync(Answers.Name(queries[1]));
            await peer.HangAsync();
        });

        await Task.WhenAll(AssertAnsweredAsync(server, "a.example.com"), AssertAnsweredAsync(server, "b.example.com"));
    }

    [Fact]
    public async Task MoreQueriesThanAConnectionTakes_OpenASecondAndNoThird()
    {
        Use(new StreamLimits { QueriesInFlight = 2 });
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var received = 0;
        await using StreamServer server = new(async peer =>
        {
            var queries = await peer.ReadAsync(2);
            if (Interlocked.Add(ref received, 2) == 4)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(peer.Stopping);
            await peer.SendAsync(Answers.Name(queries[0]));
            await peer.SendAsync(Answers.Name(queries[1]));
            await peer.EchoAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AssertAnsweredAsync(server, $"n{i}.example.com")));

        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task ConnectionThatHadItsQueries_IsReplaced()
    {
        Use(new StreamLimits { QueriesPerConnection = 3 });
        await using StreamServer server = new(peer => peer.EchoAsync());

        for (var i = 0; i < 7; i++)
        {
            await AssertAnsweredAsync(server, $"n{i}.example.com");
        }

        Assert.Equal(3, server.Accepted);
    }

    [Fact]
    public async Task IdleConnection_IsClosedAfterTenSecondsAndNoSooner()
    {
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = new(async peer =>
        {
            try
            {
                await peer.EchoAsync();
            }
            catch (EndOfStreamException)
            {
                closed.TrySetResult();
            }
        });

        await AssertAnsweredAsync(server, "a.example.com");
        _time.Advance(TimeSpan.FromSeconds(9));
        await AssertAnsweredAsync(server, "b.example.com");
        _time.Advance(TimeSpan.FromSeconds(9));
        await AssertAnsweredAsync(server, "c.example.com");
        Assert.Equal(1, server.Accepted);
        Assert.False(closed.Task.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(10));
        await closed.Task.WaitAsync(_deadline.Token);
        await AssertAnsweredAsync(server, "d.example.com");
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task MoreServersThanConnections_IdleOnesMakeRoom()
    {
        Use(new StreamLimits { Connections = 2 });
        await using StreamServer first = new(peer => peer.EchoAsync());
        await using StreamServer second = new(peer => peer.EchoAsync());
        await using StreamServer third = new(peer => peer.EchoAsync());

        foreach (var server in (StreamServer[])[first, second, third, first, second, third])
        {
            await AssertAnsweredAsync(server, "a.example.com");
        }

        Assert.InRange(first.Accepted + second.Accepted + third.Accepted, 4, 6);
    }

    [Fact]
    public async Task NoRoomForAConnection_WaitsUntilThereIs()
    {
        Use(new StreamLimits { Connections = 1 });
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer slow = new(async peer =>
        {
            var query = await peer.ReadAsync();
            asked.SetResult();
            await answer.Task.WaitAsync(peer.Stopping);
            await peer.SendAsync(Answers.Name(query));
            await peer.HangAsync();
        });
        await using StreamServer other = new(peer => peer.EchoAsync());
        var first = AssertAnsweredAsync(slow, "a.example.com");
        await asked.Task.WaitAsync(_deadline.Token);

        var second = AssertAnsweredAsync(other, "b.example.com");
        Assert.Equal(0, other.Accepted);
        answer.SetResult();

        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Disposed_TakesNoQueriesAndEndsThoseUnderWay()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = new(async peer =>
        {
            await peer.ReadAsync();
            asked.SetResult();
            await peer.HangAsync();
        });
        var exchange = ExchangeAsync(server, "a.example.com");
        await asked.Task.WaitAsync(_deadline.Token);

        await _transport.DisposeAsync();

        Assert.Equal((DnsExchangeOutcome.Unreachable, "connection_closed"), ((await exchange).Outcome, (await exchange).Detail));
        Assert.Equal(1, server.Accepted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ExchangeAsync(server, "b.example.com"));
    }

    private static byte[] WithId(byte[] message, byte[] other)
    {
        other.AsSpan(0, 2).CopyTo(message);
        return message;
    }

    private void Use(StreamLimits limits) => _transport = new TcpDnsTransport(_time, limits);

    private async Task AssertAnsweredAsync(StreamServer server, string name)
    {
        var exchange = await ExchangeAsync(server, name);
        Assert.Equal((DnsExchangeOutcome.Answered, null), (exchange.Outcome, exchange.Detail));
        Assert.Equal(name, Assert.IsType<DnsTxtRecord>(Assert.Single(exchange.Response!.Answers)).Text);
    }

    private Task<DnsExchange> ExchangeAsync(StreamServer server, string name) => _transport
        .ExchangeAsync(server.Endpoint, Queries.Text(name), Patience, _deadline.Token)
        .AsTask();
}
