using DomainVerification.Testing;

namespace DomainVerification.Dns.Tests;

/// <summary>What servers may do to connections that many queries share.</summary>
public sealed class StreamFaultTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly TcpDnsTransport _transport;

    public StreamFaultTests() => _transport = new TcpDnsTransport(_time);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task W10_ClosedWithQueriesUnderWay_TheUnansweredAreSentOnceMore()
    {
        await using StreamServer server = new(async peer =>
        {
            if (peer.Number == 1)
            {
                var queries = await peer.ReadAsync(10);
                await peer.SendAsync(Answers.Name(queries[3]));
                return;
            }

            await peer.EchoAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AssertAnsweredAsync(server, $"n{i}.example.com")));

        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task W10_ClosedBetweenQueries_IsNotNoticed()
    {
        await using StreamServer server = new(async peer => await peer.SendAsync(Answers.Name(await peer.ReadAsync())));

        for (var i = 0; i < 5; i++)
        {
            await AssertAnsweredAsync(server, $"n{i}.example.com");
        }
    }

    [Fact]
    public async Task W10_ClosedEveryTime_IsTriedTwiceAndNoMore()
    {
        await using StreamServer server = new(async peer => await peer.ReadAsync());

        var exchange = await ExchangeAsync(server, "a.example.com");

        Assert.Equal((DnsExchangeOutcome.Unreachable, "connection_closed"), (exchange.Outcome, exchange.Detail));
        Assert.Equal(2, server.Accepted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task W10_MessageShorterThanAHeader_EndsTheConnection(int length)
    {
        await using StreamServer server = new(async peer =>
        {
            var query = await peer.ReadAsync();
            await peer.SendAsync(new byte[length]);
            await peer.SendAsync(Answers.Text(query, "after"));
            await peer.HangAsync();
        });

        var exchange = await ExchangeAsync(server, "a.example.com");

        Assert.Equal((DnsExchangeOutcome.Malformed, "bad_framing"), (exchange.Outcome, exchange.Detail));
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task W10_MessagesThatNobodyAskedFor_EndTheConnection()
    {
        await using StreamServer server = new(async peer =>
        {
            if (peer.Number > 1)
            {
                await peer.EchoAsync();
            }

            var query = await peer.ReadAsync();
            while (true)
            {
                await peer.SendAsync(Answers.WrongId(query));
            }
        });

        var exchange = await ExchangeAsync(server, "a.example.com");

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.Equal(9, exchange.IgnoredPackets);
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task SilentServer_TimesOutAndItsConnectionGetsNoMoreQueries()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = new(async peer =>
        {
            if (peer.Number > 1)
            {
                await peer.EchoAsync();
            }

            await peer.ReadAsync();
            asked.SetResult();
            await peer.HangAsync();
        });
        var silent = ExchangeAsync(server, "a.example.com");
        await asked.Task.WaitAsync(_deadline.Token);

        _time.Advance(Patience);

        Assert.Equal(DnsExchangeOutcome.TimedOut, (await silent).Outcome);
        await AssertAnsweredAsync(server, "b.example.com");
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task SlowAnswer_ReachesNobodyElseAndLeavesTheConnectionAlone()
    {
        TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = new(async peer =>
        {
            var queries = await peer.ReadAsync(2);
            await peer.SendAsync(Answers.Name(queries.Single(query => Answers.Read(query).Question!.Name == DnsName.Parse("b.example.com"))));
            await late.Task.WaitAsync(peer.Stopping);
            await peer.SendAsync(Answers.Name(queries[0]));
            await peer.SendAsync(Answers.Name(queries[1]));
            await peer.EchoAsync();
        });
        var slow = ExchangeAsync(server, "a.example.com");
        _time.Advance(Patience - TimeSpan.FromSeconds(0.5));
        await AssertAnsweredAsync(server, "b.example.com");
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(DnsExchangeOutcome.TimedOut, (await slow).Outcome);

        late.SetResult();

        await AssertAnsweredAsync(server, "c.example.com");
        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task Cancelled_FreesOnlyItsOwnQuery()
    {
        using CancellationTokenSource source = new();
        await using StreamServer server = new(async peer =>
        {
            var queries = await peer.ReadAsync(2);
            await source.CancelAsync();
            await peer.SendAsync(Answers.Name(queries[0]));
            await peer.SendAsync(Answers.Name(queries[1]));
            await peer.EchoAsync();
        });
        var cancelled = _transport.ExchangeAsync(server.Endpoint, Queries.Text("a.example.com"), Patience, source.Token).AsTask();
        var kept = AssertAnsweredAsync(server, "b.example.com");

        await kept;
        await cancelled.ContinueWith(_ => { }, TaskScheduler.Default);
        await AssertAnsweredAsync(server, "c.example.com");

        Assert.Equal(1, server.Accepted);
    }

    [Fact]
    public async Task DribblingServer_BlocksNobodyElse()
    {
        TaskCompletionSource dribbling = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer hostile = new(async peer =>
        {
            await peer.ReadAsync();
            await peer.SendRawAsync([0xFF, 0xFF]);
            dribbling.TrySetResult();
            while (true)
            {
                await peer.SendRawAsync([0]);
                await Task.Yield();
            }
        });
        await using StreamServer honest = new(peer => peer.EchoAsync());
        var stuck = ExchangeAsync(hostile, "a.example.com");
        await dribbling.Task.WaitAsync(_deadline.Token);

        await AssertAnsweredAsync(honest, "b.example.com");
        _time.Advance(Patience);

        Assert.NotEqual(DnsExchangeOutcome.Answered, (await stuck).Outcome);
    }

    [Fact]
    public async Task ServerThatReadsNothing_CostsOnlyItsOwnQueries()
    {
        await using StreamServer server = new(peer => Task.Delay(Timeout.Infinite, peer.Stopping));

        var waiting = Enumerable.Range(0, 400).Select(i => ExchangeAsync(server, $"n{i}.example.com")).ToList();
        _time.Advance(Patience);
        var exchanges = await Task.WhenAll(waiting);

        Assert.All(exchanges, exchange => Assert.Equal(DnsExchangeOutcome.TimedOut, exchange.Outcome));
        Assert.InRange(server.Accepted, 0, 12);
    }

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
