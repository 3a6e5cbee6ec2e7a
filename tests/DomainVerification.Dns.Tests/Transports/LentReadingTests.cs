using System.Globalization;

namespace DomainVerification.Dns.Tests;

/// <summary>Queries of many callers at once, whose answers are read in the pool by whoever goes on with them.</summary>
public sealed class LentReadingTests : IAsyncDisposable
{
    private const int Callers = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Testing.ManualTimeProvider _time = new();
    private readonly EpollReceiver _receiver = new() { DenseTime = TimeSpan.MaxValue, IsPoolBusy = static () => false };
    private readonly RawServer _server = new(query => [Answers.Name(query)]);
    private readonly UdpDnsTransport _transport;
    private int _asked;

    public LentReadingTests() => _transport = new UdpDnsTransport(_time, _receiver);

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await _server.DisposeAsync();
    }

    [EpollFact]
    public async Task Callers_GoOnInTurnsOfThePool_AndAskOnFromThere()
    {
        var turns = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskOnAsync(
            () => Volatile.Read(ref turns) < 1000,
            () =>
            {
                Assert.True(Thread.CurrentThread.IsThreadPoolThread || PoolTurn.Current is null);
                Interlocked.Add(ref turns, PoolTurn.Current is null ? 0 : 1);
            }))).WaitAsync(Patience);

        Assert.Equal(0, _time.ActiveTimers);
    }

    /// <summary>Nobody takes it from a turn here.</summary>
    [EpollFact]
    public async Task TurnThatEnds_GivesTheReadingBack()
    {
        EpollReceiver receiver = new()
        {
            DenseTime = TimeSpan.MaxValue,
            Loan = new ReadingLoan { LookInterval = System.Threading.Timeout.InfiniteTimeSpan },
        };
        using UdpDnsTransport transport = new(_time, receiver);

        for (var round = 0; round < 50; round++)
        {
            // After the last of them nothing comes to the turn, or only to one who is alone.
            var callers = round % 5 == 0 ? Callers : 3;
            await Task.WhenAll(Enumerable.Range(0, callers).Select(async index =>
            {
                for (var i = 0; i < (index == 0 ? 40 : 4); i++)
                {
                    var exchange = await transport.ExchangeAsync(_server.Endpoint, NextQuery(), Timeout, CancellationToken.None)
                        .ConfigureAwait(false);
                    Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
                }
            })).WaitAsync(Patience);
        }
    }

    [EpollFact]
    public async Task CallerWhoBlocks_HoldsUpNobodyElse()
    {
        using ManualResetEventSlim gone = new();
        var isBlocked = false;
        var answered = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskOnAsync(
            () => Volatile.Read(ref answered) < 1000,
            () =>
            {
                if (PoolTurn.Current is not null && !Interlocked.Exchange(ref isBlocked, true))
                {
                    Assert.True(gone.Wait(Patience));
                }
                else if (Volatile.Read(ref isBlocked) && Interlocked.Increment(ref answered) == 1000)
                {
                    gone.Set();
                }
            }))).WaitAsync(Patience);

        Assert.True(isBlocked);
    }

    [EpollFact]
    public async Task CallerWhoBlocksUntilItsNextAnswer_GetsIt()
    {
        var blocked = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskOnAsync(
            () => Volatile.Read(ref blocked) < 10,
            () =>
            {
                if (PoolTurn.Current is not null && Volatile.Read(ref blocked) < 10)
                {
                    Assert.True(AskAsync().AsTask().Wait(Patience));
                    Interlocked.Increment(ref blocked);
                }
            }))).WaitAsync(Patience);
    }

    /// <summary>It looks for its answer by itself only where nobody waits for the thread.</summary>
    [EpollFact]
    public async Task QueryToAServerThatNobodyElseAsks_IsAnsweredToo()
    {
        await using RawServer other = new(query => [Answers.Name(query)]);
        TaskCompletionSource<Task<DnsExchange>> asked = new();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskOnAsync(
            () => !asked.Task.IsCompleted,
            () =>
            {
                if (PoolTurn.Current is { HasKept: true } && _receiver.Completions.IsIdle && !asked.Task.IsCompleted)
                {
                    Assert.False(_receiver.Polls(other.Endpoint, isShared: false));
                    var exchange = _transport.ExchangeAsync(other.Endpoint, NextQuery(), Timeout, CancellationToken.None);
                    asked.TrySetResult(exchange.AsTask());
                }
            }))).WaitAsync(Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, (await asked.Task.Unwrap().WaitAsync(Patience)).Outcome);
    }

    /// <summary>Somebody else may have taken the reading by then, and read that port at this moment.</summary>
    [EpollFact]
    public async Task PortThatACallerCloses_LeavesNoSocketToOthers()
    {
        UdpPeer peer = new(_server.Endpoint, new UdpPorts(_receiver, _time));
        var closed = 0;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskOnAsync(
            () => Volatile.Read(ref closed) < 100,
            () =>
            {
                if (PoolTurn.Current is not null)
                {
                    UdpPort port = new(peer, _receiver.Open(_server.Endpoint, isShared: false, polls: false), capacity: 1);
                    _receiver.Add(port);
                    port.Retire();
                    Assert.True(((LinuxUdpSocket)port.Socket).Handle.IsClosed);
                    Interlocked.Increment(ref closed);
                }
            }))).WaitAsync(Patience);
    }

    [EpollFact]
    public async Task Dispose_WhileManyAskOnAndOn_EndsAll()
    {
        for (var round = 1; round <= 20; round++)
        {
            using UdpDnsTransport transport = new(_time, new EpollReceiver { DenseTime = TimeSpan.MaxValue });
            var before = _server.UdpQueries.Count;
            var all = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskUntilDisposedAsync(transport)));
            Assert.True(await Polling.UntilAsync(() => _server.UdpQueries.Count >= before + (round * 10)));

            transport.Dispose();

            await all.WaitAsync(Patience);
        }
    }

    [EpollFact]
    public async Task Cancelling_WhileManyAskOnAndOn_EndsOnlyTheQuery()
    {
        var left = 2000;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async index =>
        {
            while (Interlocked.Decrement(ref left) > 0)
            {
                using CancellationTokenSource source = new();
                var asked = _transport.ExchangeAsync(_server.Endpoint, NextQuery(), Timeout, source.Token);
                if (index % 2 == 0)
                {
                    await source.CancelAsync().ConfigureAwait(false);
                }

                try
                {
                    Assert.Equal(DnsExchangeOutcome.Answered, (await asked.ConfigureAwait(false)).Outcome);
                }
                catch (OperationCanceledException)
                {
                    Assert.Equal(0, index % 2);
                }
            }
        })).WaitAsync(Patience);

        Assert.Equal(0, _time.ActiveTimers);
    }

    private async Task AskUntilDisposedAsync(UdpDnsTransport transport)
    {
        try
        {
            while (true)
            {
                var asked = transport.ExchangeAsync(_server.Endpoint, NextQuery(), Timeout, CancellationToken.None);
                var exchange = await asked.ConfigureAwait(false);
                Assert.True(exchange.Outcome is DnsExchangeOutcome.Answered or DnsExchangeOutcome.Unreachable);
            }
        }
        catch (ObjectDisposedException)
        {
            // As those who ask it then are told.
        }
    }

    private async Task AskOnAsync(Func<bool> goesOn, Action next)
    {
        while (goesOn())
        {
            Assert.Equal(DnsExchangeOutcome.Answered, (await AskAsync().ConfigureAwait(false)).Outcome);
            next();
        }
    }

    private ValueTask<DnsExchange> AskAsync() =>
        _transport.ExchangeAsync(_server.Endpoint, NextQuery(), Timeout, CancellationToken.None);

    private DnsQuery NextQuery() =>
        Queries.Text(string.Create(CultureInfo.InvariantCulture, $"example{Interlocked.Increment(ref _asked)}.com"));
}
