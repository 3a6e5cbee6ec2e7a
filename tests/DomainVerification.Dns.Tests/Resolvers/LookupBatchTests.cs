using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DomainVerification.Dns.Tests;

public sealed class LookupBatchTests : IDisposable
{
    // Fewer than 32 have no lane.
    private const int Few = 20;
    private const int Many = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HeldServer _server = new();
    private readonly UdpDnsTransport _transport = new(TimeProvider.System);

    public void Dispose()
    {
        _transport.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 100)]
    [InlineData(1, 1)]
    [InlineData(31, 1)]
    [InlineData(31, 8)]
    [InlineData(31, 100)]
    [InlineData(32, 1)]
    [InlineData(32, 32)]
    [InlineData(300, 1)]
    [InlineData(300, 7)]
    [InlineData(300, 130)]
    [InlineData(300, 10_000)]
    public async Task EveryOne_RunsOnce_AndNoMoreAtATimeThanAllowed(int count, int maxInFlight)
    {
        await using RawServer server = new(query => [Answers.Text(query)]);
        var runs = new int[count];
        var running = 0;
        ConcurrentBag<int> atATime = [];

        await Batches.RunAsync(count, maxInFlight, LookAsync, CancellationToken.None).WaitAsync(Patience);

        Assert.All(runs, times => Assert.Equal(1, times));
        Assert.All(atATime, times => Assert.InRange(times, 1, Math.Min(count, maxInFlight)));
        Assert.Equal(0, running);

        // One of three ends at once, one goes elsewhere, and one asks.
        async ValueTask LookAsync(int index, CancellationToken token)
        {
            atATime.Add(Interlocked.Increment(ref running));
            Interlocked.Increment(ref runs[index]);
            if (index % 3 == 1)
            {
                await Task.Yield();
            }
            else if (index % 3 == 2)
            {
                var exchange = await _transport.ExchangeAsync(server.Endpoint, Query(index), Patience, token).ConfigureAwait(false);
                Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
            }

            Interlocked.Decrement(ref running);
        }
    }

    [EpollTheory]
    [InlineData(3, 200, 3)]
    [InlineData(3, 130, 2)]
    [InlineData(8, 330, 5)]
    public async Task SeveralLanes_ShareTheWork(int maxLanes, int maxInFlight, int lanes)
    {
        await using RawServer server = new(query => [Answers.Name(query)]);
        var runs = new int[4_000];
        ConcurrentDictionary<UdpLane, int> used = new();

        await Batches.RunAsync(runs.Length, maxInFlight, maxLanes, AskAsync, CancellationToken.None).WaitAsync(Patience);

        Assert.All(runs, times => Assert.Equal(1, times));
        Assert.Equal(lanes, used.Count);

        async ValueTask AskAsync(int index, CancellationToken token)
        {
            var lane = UdpLane.Current!;
            used.AddOrUpdate(lane, 1, (_, count) => count + 1);
            var exchange = await _transport.ExchangeAsync(server.Endpoint, Query(index), Patience, token).ConfigureAwait(false);
            Assert.Equal(Query(index).Question, exchange.Response?.Question);
            Assert.Same(lane, UdpLane.Current);
            Interlocked.Increment(ref runs[index]);
        }
    }

    [Theory]
    [InlineData(Few, 8)]
    [InlineData(Many, 40)]
    public async Task AsManyAsAllowed_AreUnderWay(int count, int maxInFlight)
    {
        var batch = Batches.RunAsync(count, maxInFlight, AskAsync, CancellationToken.None);

        var queries = await _server.ReceiveAsync(maxInFlight);
        Assert.False(_server.HasMore);
        for (var left = count - maxInFlight; left > 0; left--)
        {
            _server.Answer([queries[0]]);
            queries.RemoveAt(0);
            queries.AddRange(await _server.ReceiveAsync(1));
        }

        _server.Answer(queries);
        await batch.WaitAsync(Patience);
    }

    [EpollFact]
    public async Task Throwing_BeginsNoMore_AndIsThrownWhenTheOthersHaveEnded()
    {
        var (begun, ended) = (0, 0);
        TaskCompletionSource thrown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var batch = Batches.RunAsync(Many, 40, LookAsync, CancellationToken.None);
        var queries = await _server.ReceiveAsync(40);
        var seventh = queries.Single(query => NumberOf(query) == 7);

        _server.Answer([seventh]);
        await thrown.Task.WaitAsync(Patience);
        Assert.False(batch.IsCompleted);
        _server.Answer(queries.Except([seventh]));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => batch.WaitAsync(Patience));
        Assert.Equal("seven", error.Message);
        Assert.Equal((40, 39), (begun, ended));
        Assert.False(_server.HasMore);

        async ValueTask LookAsync(int index, CancellationToken token)
        {
            begun++;
            await AskAsync(index, token).ConfigureAwait(false);
            if (index == 7)
            {
                thrown.SetResult();
                throw new InvalidOperationException("seven");
            }

            ended++;
        }
    }

    [Fact]
    public async Task Throwing_WithoutALane_BeginsNoMore()
    {
        TaskCompletionSource others = new();
        List<int> begun = [];
        var batch = Batches.RunAsync(Few, 10, Look, CancellationToken.None);

        Assert.Equal([0, 1, 2, 3], begun);
        Assert.False(batch.IsCompleted);
        others.SetResult();

        Assert.Equal("three", (await Assert.ThrowsAsync<InvalidOperationException>(() => batch.WaitAsync(Patience))).Message);
        Assert.Equal([0, 1, 2, 3], begun);

        ValueTask Look(int index, CancellationToken token)
        {
            begun.Add(index);
            return index == 3 ? throw new InvalidOperationException("three") : new ValueTask(others.Task);
        }
    }

    [Theory]
    [InlineData(Few, 8)]
    [InlineData(Many, 40)]
    public async Task Cancellation_EndsWhatWaits_AndBeginsNoMore(int count, int maxInFlight)
    {
        using CancellationTokenSource source = new();
        var begun = 0;
        var batch = Batches.RunAsync(
            count,
            maxInFlight,
            (index, token) =>
            {
                Interlocked.Increment(ref begun);
                return AskAsync(index, token);
            },
            source.Token);
        await _server.ReceiveAsync(maxInFlight);

        await source.CancelAsync();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch.WaitAsync(Patience));
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.Equal(maxInFlight, begun);
        Assert.False(_server.HasMore);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Few)]
    [InlineData(Many)]
    public async Task CancelledBefore_BeginsNone(int count)
    {
        var begun = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Batches.RunAsync(
            count,
            10,
            (_, _) =>
            {
                Interlocked.Increment(ref begun);
                return ValueTask.CompletedTask;
            },
            new CancellationToken(canceled: true)));

        Assert.Equal(0, begun);
    }

    /// <summary>Also where no look-up takes notice of the token.</summary>
    [Theory]
    [InlineData(Few)]
    [InlineData(Many)]
    public async Task CancelledByALook_BeginsNoMore(int count)
    {
        using CancellationTokenSource source = new();
        var begun = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Batches.RunAsync(
            count,
            10,
            (_, _) =>
            {
                if (Interlocked.Increment(ref begun) == 3)
                {
                    source.Cancel();
                }

                return ValueTask.CompletedTask;
            },
            source.Token));

        Assert.Equal(3, begun);
    }

    [EpollFact]
    public async Task LookThatLeavesTheLane_IsAnswered_AndTheNextOneBeginsOnTheLane()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);
        ConcurrentBag<UdpLane?> lanes = [];
        await Batches.RunAsync(200, 40, LookAsync, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(200, lanes.Count);
        Assert.NotNull(Assert.Single(lanes.Distinct()));

        async ValueTask LookAsync(int index, CancellationToken token)
        {
            lanes.Add(UdpLane.Current);
            await Task.Run(() => Assert.Null(UdpLane.Current), token).ConfigureAwait(false);
            var exchange = await _transport.ExchangeAsync(server.Endpoint, Query(index), Patience, token).ConfigureAwait(false);
            Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        }
    }

    [Theory]
    [InlineData(Few)]
    [InlineData(Many)]
    public async Task ContextOfTheCaller_FlowsIn_AndNothingFlowsOut(int count)
    {
        await using RawServer server = new(query => [Answers.Text(query)]);
        AsyncLocal<string?> local = new() { Value = "caller" };
        using var activity = new Activity("caller").Start();
        ConcurrentBag<(string? Local, Activity? Activity)> seen = [];

        await Batches.RunAsync(count, 8, LookAsync, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(count, seen.Count);
        Assert.All(seen, context => Assert.Equal(("caller", activity), context));
        Assert.Equal(("caller", activity), (local.Value, Activity.Current));

        async ValueTask LookAsync(int index, CancellationToken token)
        {
            seen.Add((local.Value, Activity.Current));
            var name = index.ToString(CultureInfo.InvariantCulture);
            using var own = new Activity("look").Start();
            local.Value = name;
            if (index % 2 == 0)
            {
                await Task.Yield();
            }

            await _transport.ExchangeAsync(server.Endpoint, Query(index), Patience, token).ConfigureAwait(false);
            Assert.Equal((name, own), (local.Value, Activity.Current));
        }
    }

    [EpollFact]
    public async Task WhoWaitsForTheBatch_GoesOnElsewhere()
    {
        // Off the context of the test, in which whatever waits would go on elsewhere anyhow.
        var thread = Task.Run(async () =>
        {
            await Batches.RunAsync(Many, Many, AskAsync, CancellationToken.None).ConfigureAwait(false);
            return Thread.CurrentThread.Name;
        });
        _server.Answer(await _server.ReceiveAsync(Many));

        Assert.NotEqual("DNS lane", await thread.WaitAsync(Patience));
    }

    [EpollFact]
    public async Task LookThatBlocks_HoldsUpItsBatchOnly()
    {
        using ManualResetEventSlim gone = new();
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocked = Batches.RunAsync(
            Many,
            1,
            (_, token) =>
            {
                entered.TrySetResult();
                Assert.True(gone.Wait(Patience, token));
                return ValueTask.CompletedTask;
            },
            CancellationToken.None);
        await entered.Task.WaitAsync(Patience);

        var outside = AskAsync(0, CancellationToken.None).AsTask();
        var other = Batches.RunAsync(Many, Many, AskAsync, CancellationToken.None);
        _server.Answer(await _server.ReceiveAsync(1 + Many));

        await Task.WhenAll(outside, other).WaitAsync(Patience);
        Assert.False(blocked.IsCompleted);
        gone.Set();
        await blocked.WaitAsync(Patience);
    }

    private static DnsQuery Query(int index) => Queries.Text(string.Create(CultureInfo.InvariantCulture, $"{index}.example.com"));

    private static int NumberOf(ReceivedQuery query) =>
        int.Parse(Answers.Read(query.Octets).Question!.Name.ToString().Split('.')[0], CultureInfo.InvariantCulture);

    private async ValueTask AskAsync(int index, CancellationToken cancellationToken)
    {
        var exchange = await _transport.ExchangeAsync(_server.Endpoint, Query(index), Patience, cancellationToken).ConfigureAwait(false);
        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
    }
}
