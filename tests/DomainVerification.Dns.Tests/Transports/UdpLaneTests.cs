using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DomainVerification.Dns.Tests;

/// <summary>Queries on a thread of their own: what ends them comes from that thread, and from others.</summary>
public sealed class UdpLaneTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Testing.ManualTimeProvider _time = new();
    private readonly HeldServer _server = new();
    private readonly UdpDnsTransport _transport;
    private readonly ConcurrentQueue<(DnsExchangeOutcome Outcome, bool IsOnLane)> _ends = [];

    public UdpLaneTests() => _transport = new UdpDnsTransport(_time);

    public void Dispose()
    {
        _transport.Dispose();
        _server.Dispose();
    }

    [EpollFact]
    public async Task Answers_AreHeardOnTheLane()
    {
        var ended = RunAsync(100, AskAsync);
        _server.Answer(await _server.ReceiveAsync(100));

        await ended.WaitAsync(Patience);

        Assert.Equal(Enumerable.Repeat((DnsExchangeOutcome.Answered, true), 100), _ends);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [EpollFact]
    public async Task TimeUp_EndsThemOnTheLane()
    {
        var ended = RunAsync(40, AskAsync);
        await _server.ReceiveAsync(40);

        _time.Advance(Timeout);
        await ended.WaitAsync(Patience);

        Assert.Equal(Enumerable.Repeat((DnsExchangeOutcome.TimedOut, true), 40), _ends);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [EpollFact]
    public async Task Cancel_EndsThemOnTheLane()
    {
        using CancellationTokenSource source = new();
        var ended = RunAsync(40, async (lane, index) =>
        {
            var error = await CatchAsync(ExchangeAsync(index, source.Token)).ConfigureAwait(false);
            Assert.Equal((source.Token, lane), (error!.CancellationToken, UdpLane.Current));
        });
        await _server.ReceiveAsync(40);

        await source.CancelAsync();

        await ended.WaitAsync(Patience);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [EpollFact]
    public async Task Dispose_EndsThemAsUnreachable_AndTheLane()
    {
        var ended = RunAsync(40, async (lane, index) =>
        {
            await AskAsync(lane, index).ConfigureAwait(false);
            await Assert.ThrowsAsync<ObjectDisposedException>(() => ExchangeAsync(index).AsTask()).ConfigureAwait(false);
        });
        await _server.ReceiveAsync(40);

        _transport.Dispose();

        await ended.WaitAsync(Patience);
        Assert.Equal(Enumerable.Repeat((DnsExchangeOutcome.Unreachable, true), 40), _ends);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [EpollFact]
    public async Task Dispose_WhileManyAskOnAndOn_EndsAll()
    {
        for (var round = 1; round <= 20; round++)
        {
            await using RawServer server = new(query => [Answers.Text(query)]);
            using UdpDnsTransport transport = new(_time);
            var ended = RunAsync(32, async (_, index) =>
            {
                try
                {
                    while (true)
                    {
                        var asked = transport.ExchangeAsync(server.Endpoint, Query(index), Timeout, CancellationToken.None);
                        var exchange = await asked.ConfigureAwait(false);
                        Assert.True(exchange.Outcome is DnsExchangeOutcome.Answered or DnsExchangeOutcome.Unreachable);
                    }
                }
                catch (ObjectDisposedException)
                {
                    // As those who ask it then are told.
                }
            });
            Assert.True(await Polling.UntilAsync(() => server.UdpQueries.Count >= round * 10));

            transport.Dispose();

            await ended.WaitAsync(Patience);
        }
    }

    /// <summary>Each refusal ends all queries of a port, and all of them ask again at once.</summary>
    [EpollFact]
    public async Task ServerThatRefuses_IsAskedThousandsOfTimes_WithoutADeeperStack()
    {
        using RefusingServer refusing = new();
        ConcurrentBag<int> depths = [];
        var ended = RunAsync(64, async (_, index) =>
        {
            for (var i = 0; i < 100; i++)
            {
                var asked = _transport.ExchangeAsync(refusing.Endpoint, Query(index), Timeout, CancellationToken.None);
                var exchange = await asked.ConfigureAwait(false);
                Assert.Equal((DnsExchangeOutcome.Unreachable, "connection_refused"), (exchange.Outcome, exchange.Detail));
                if (i % 10 == 9)
                {
                    depths.Add(new StackTrace().FrameCount);
                }
            }
        });

        await ended.WaitAsync(Patience);

        Assert.Equal(640, depths.Count);
        Assert.InRange(depths.Max(), 1, 60);
    }

    [EpollFact]
    public async Task CancelledBeforeItIsSent_IsNeverSent_AndTheNextOneGoesFromItsOwnPort()
    {
        var ended = RunAsync(8, async (lane, index) =>
        {
            using CancellationTokenSource source = new();
            var given = CatchAsync(ExchangeAsync(100 + index, source.Token));
            source.Cancel();
            Assert.NotNull(await given.ConfigureAwait(false));
            await AskAsync(lane, index).ConfigureAwait(false);
        });

        var queries = await _server.ReceiveAsync(8);
        Assert.Equal(Enumerable.Range(0, 8), queries.Select(NumberOf).Order());
        _server.Answer(queries);

        await ended.WaitAsync(Patience);
        Assert.Equal(Enumerable.Repeat((DnsExchangeOutcome.Answered, true), 8), _ends);
        Assert.False(_server.HasMore);
    }

    [EpollFact]
    public async Task PacketThatIsTooLong_IsIgnored_AndTheNextOneHeard()
    {
        DnsExchange? exchange = null;
        var ended = RunAsync(1, async (_, _) => exchange = await ExchangeAsync(0).ConfigureAwait(false));
        var query = Assert.Single(await _server.ReceiveAsync(1));

        _server.Send(Answers.Text(query.Octets, new string('x', 5000)), query.Sender);
        _server.Answer([query]);

        await ended.WaitAsync(Patience);
        Assert.Equal((DnsExchangeOutcome.Answered, 1), (exchange!.Outcome, exchange.IgnoredPackets));
    }

    [EpollFact]
    public async Task CodeThatBlocksALane_HoldsUpNobodyElse()
    {
        using ManualResetEventSlim gone = new();
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocked = RunAsync(1, (_, _) =>
        {
            entered.SetResult();
            Assert.True(gone.Wait(Patience));
            return Task.CompletedTask;
        });
        await entered.Task.WaitAsync(Patience);

        var outside = ExchangeAsync(0).AsTask();
        var onAnotherLane = RunAsync(1, AskAsync);
        _server.Answer(await _server.ReceiveAsync(2));

        Assert.Equal(DnsExchangeOutcome.Answered, (await outside.WaitAsync(Patience)).Outcome);
        await onAnotherLane.WaitAsync(Patience);
        Assert.False(blocked.IsCompleted);
        gone.Set();
        await blocked.WaitAsync(Patience);
    }

    [EpollFact]
    public async Task Work_ThatWasElsewhere_ComesBack()
    {
        var ended = RunAsync(40, async (lane, index) =>
        {
            for (var times = 0; times < 10; times++)
            {
                await Task.Run(() => Assert.Null(UdpLane.Current)).ConfigureAwait(false);
                await new LaneReturn(lane);
                Assert.Same(lane, UdpLane.Current);
            }

            await AskAsync(lane, index).ConfigureAwait(false);
        });
        _server.Answer(await _server.ReceiveAsync(40));

        await ended.WaitAsync(Patience);
        Assert.Equal(Enumerable.Repeat((DnsExchangeOutcome.Answered, true), 40), _ends);
    }

    [EpollFact]
    public async Task WhoWaitsForTheWork_GoesOnElsewhere()
    {
        // Off the context of the test, in which whatever waits would go on elsewhere anyhow.
        var thread = Task.Run(async () =>
        {
            await RunAsync(1, AskAsync).ConfigureAwait(false);
            return Thread.CurrentThread.Name;
        });
        _server.Answer(await _server.ReceiveAsync(1));

        Assert.NotEqual("DNS lane", await thread.WaitAsync(Patience));
    }

    /// <summary>Ended by the lane itself, or by another thread.</summary>
    [EpollTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatOneLeavesInTheContextOfTheThread_IsNotSeenByTheNext(bool isAnswered)
    {
        AsyncLocal<string?> local = new();
        List<string?> seen = [];
        TaskCompletionSource last = new();
        var ended = RunAsync(1, (_, _) =>
        {
            // As a caller without a context of its own goes on: in that of the thread.
            using var suppressed = ExecutionContext.SuppressFlow();
            for (var i = 0; i < 100; i++)
            {
                GoOnWith(ExchangeAsync(i), () =>
                {
                    seen.Add(local.Value);
                    local.Value = "left behind";
                    if (seen.Count == 100)
                    {
                        last.SetResult();
                    }
                });
            }

            return last.Task;
        });
        var queries = await _server.ReceiveAsync(100);
        if (isAnswered)
        {
            _server.Answer(queries);
        }
        else
        {
            _time.Advance(Timeout);
        }

        await ended.WaitAsync(Patience);
        Assert.Equal(100, seen.Count);
        Assert.All(seen, Assert.Null);
    }

    private static DnsQuery Query(int index) => Queries.Text(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com"));

    private static int NumberOf(ReceivedQuery query) =>
        int.Parse(Answers.Read(query.Octets).Question!.Name.ToString().Split('.')[0], CultureInfo.InvariantCulture);

    private static Task RunAsync(int workers, Func<UdpLane, int, Task> work) =>
        UdpLane.RunAsync(lane => Task.WhenAll(Enumerable.Range(0, workers).Select(worker => work(lane, worker)).ToArray()));

    private static void GoOnWith(ValueTask<DnsExchange> exchange, Action next) =>
        exchange.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(next);

    private static async Task<OperationCanceledException?> CatchAsync(ValueTask<DnsExchange> exchange)
    {
        try
        {
            await exchange.ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException error)
        {
            return error;
        }
    }

    private async Task AskAsync(UdpLane lane, int index)
    {
        var exchange = await ExchangeAsync(index).ConfigureAwait(false);
        _ends.Enqueue((exchange.Outcome, UdpLane.Current == lane));
    }

    private ValueTask<DnsExchange> ExchangeAsync(int index, CancellationToken cancellationToken = default) =>
        _transport.ExchangeAsync(_server.Endpoint, Query(index), Timeout, cancellationToken);
}
