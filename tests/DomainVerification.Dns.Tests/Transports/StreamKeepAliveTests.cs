using System.Collections.Concurrent;
using DomainVerification.Testing;

namespace DomainVerification.Dns.Tests;

/// <summary>What client and server say of the idle time of their connection (RFC 7828).</summary>
public sealed class StreamKeepAliveTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly TcpDnsTransport _transport;

    public StreamKeepAliveTests() => _transport = new TcpDnsTransport(_time);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Query_OverTcp_HasTheEmptyOptionAndKeepsItsOwn()
    {
        ConcurrentQueue<byte[]> queries = [];
        await using StreamServer server = new(peer => RecordAsync(peer, queries));
        var cookie = new DnsEdnsOption(DnsEdnsOptionCode.Cookie, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        var query = Queries.Text("a.example.com") with { Edns = new DnsEdns { UdpPayloadSize = 4000, Options = [cookie] } };

        await _transport.ExchangeAsync(server.Endpoint, query, Patience, _deadline.Token);
        await _transport.ExchangeAsync(server.Endpoint, query with { Edns = null }, Patience, _deadline.Token);

        var edns = Answers.Read(queries.First()).Edns!;
        Assert.Equal(4000, edns.UdpPayloadSize);
        Assert.Equal([(DnsEdnsOptionCode.Cookie, 8), (DnsEdnsOptionCode.TcpKeepalive, 0)], edns.Options.Select(Sizes));
        Assert.Null(Answers.Read(queries.Last()).Edns);
    }

    [Fact]
    public async Task Query_OverUdp_NeverHasTheOption()
    {
        ConcurrentQueue<byte[]> queries = [];
        await using RawServer server = new(onUdp: query =>
        {
            queries.Enqueue(query);
            return [Answers.Text(query)];
        });
        using UdpDnsTransport udp = new(TimeProvider.System);

        await udp.ExchangeAsync(server.Endpoint, Queries.Text("a.example.com"), Patience, _deadline.Token);

        Assert.Empty(Answers.Read(Assert.Single(queries)).Edns!.Options);
    }

    [Fact]
    public async Task ServerWithAShorterTime_IsLeftBeforeThat()
    {
        await using StreamServer server = new(peer => SayAsync(peer, 0, 20));

        await AssertIdleTimeAsync(server, TimeSpan.FromSeconds(1.8));
    }

    [Theory]
    [InlineData(0xFF, 0xFF)]
    [InlineData(0, 200)]
    public async Task ServerWithALongerTime_IsLeftAfterOurOwn(byte high, byte low)
    {
        await using StreamServer server = new(peer => SayAsync(peer, high, low));

        await AssertIdleTimeAsync(server, StreamLimits.Default.IdleTime);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task OptionOfAnotherLength_SaysNothing(int length)
    {
        await using StreamServer server = new(peer => SayAsync(peer, new byte[length]));

        await AssertIdleTimeAsync(server, StreamLimits.Default.IdleTime);
    }

    [Fact]
    public async Task ResponseWithoutTheOption_EndsWhatAnEarlierOneSaid()
    {
        await using StreamServer server = new(async peer =>
        {
            await peer.SendAsync(Answers.KeepAlive(await peer.ReadAsync(), 0, 20));
            await peer.EchoAsync();
        });
        await AssertAnsweredAsync(server);

        await AssertIdleTimeAsync(server, StreamLimits.Default.IdleTime);
    }

    [Fact]
    public async Task Zero_NoMoreQueriesAndTheEndAfterThoseUnderWay()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource last = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = new(async peer =>
        {
            if (peer.Number > 1)
            {
                await peer.EchoAsync();
            }

            var queries = (await peer.ReadAsync(2)).OrderBy(query => Answers.Read(query).Question!.Name.ToString()).ToList();
            asked.SetResult();
            await peer.SendAsync(Answers.KeepAlive(queries[0], 0, 0));
            await last.Task.WaitAsync(peer.Stopping);
            await peer.SendAsync(Answers.Name(queries[1]));
            await Assert.ThrowsAsync<EndOfStreamException>(peer.ReadAsync);
            closed.SetResult();
        });
        var slow = ExchangeAsync(server, "b.example.com");
        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server, "a.example.com")).Outcome);
        await asked.Task.WaitAsync(_deadline.Token);

        await AssertAnsweredAsync(server);
        Assert.Equal(2, server.Accepted);
        Assert.False(slow.IsCompleted);
        last.SetResult();

        Assert.Equal(DnsExchangeOutcome.Answered, (await slow).Outcome);
        await closed.Task.WaitAsync(_deadline.Token);
        await AssertAnsweredAsync(server);
        Assert.Equal(2, server.Accepted);
    }

    [Fact]
    public async Task ZeroAlways_EachQueryIsAnsweredAllTheSame()
    {
        await using StreamServer server = new(peer => SayAsync(peer, 0, 0));

        for (var i = 0; i < 5; i++)
        {
            await AssertAnsweredAsync(server);
        }

        Assert.Equal(5, server.Accepted);
    }

    private static (DnsEdnsOptionCode Code, int Length) Sizes(DnsEdnsOption option) => (option.Code, option.Data.Length);

    private static async Task SayAsync(StreamPeer peer, params byte[] data)
    {
        while (true)
        {
            await peer.SendAsync(Answers.KeepAlive(await peer.ReadAsync(), data));
        }
    }

    private static async Task RecordAsync(StreamPeer peer, ConcurrentQueue<byte[]> queries)
    {
        while (true)
        {
            var query = await peer.ReadAsync();
            queries.Enqueue(query);
            await peer.SendAsync(Answers.Name(query));
        }
    }

    /// <summary>Sees that a connection stays open without queries for so long, and no longer.</summary>
    private async Task AssertIdleTimeAsync(StreamServer server, TimeSpan time)
    {
        await AssertAnsweredAsync(server);
        _time.Advance(time - Instant);
        await AssertAnsweredAsync(server);
        Assert.Equal(1, server.Accepted);

        _time.Advance(time);
        await AssertAnsweredAsync(server);
        Assert.Equal(2, server.Accepted);
    }

    private async Task AssertAnsweredAsync(StreamServer server) =>
        Assert.Equal(DnsExchangeOutcome.Answered, (await ExchangeAsync(server, "n.example.com")).Outcome);

    private Task<DnsExchange> ExchangeAsync(StreamServer server, string name) => _transport
        .ExchangeAsync(server.Endpoint, Queries.Text(name), Patience, _deadline.Token)
        .AsTask();
}
