using System.Collections.Concurrent;
using System.Diagnostics;

namespace DomainVerification.Dns.Tests;

/// <summary>What callers may do where they go on, in a turn that nothing was lent to.</summary>
public sealed class PoolTurnTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly DnsExchange Exchange = new(DnsExchangeOutcome.TimedOut, TimeSpan.Zero);

    private readonly SetBench _bench = new();
    private readonly HeldServer _server = new();
    private readonly UdpOperationPool _pool = new(TimeProvider.System);
    private readonly PoolCompletions _completions = new();
    private readonly PoolTurn _turn;

    public PoolTurnTests() => _turn = new PoolTurn(new EpollReceiver(), _completions);

    public void Dispose()
    {
        _bench.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Callers_GoOnInItsThread_OneAfterTheOther()
    {
        List<(int Index, PoolTurn? Turn)> seen = [];
        for (var i = 0; i < 10; i++)
        {
            var index = i;
            End(() => seen.Add((index, PoolTurn.Current)));
        }

        Run();

        Assert.Equal(Enumerable.Range(0, 10).Select(index => (index, (PoolTurn?)_turn)), seen);
        Assert.Null(PoolTurn.Current);
        Assert.True(_completions.IsIdle);
        Assert.True(_turn.IsFree);
    }

    [Fact]
    public void ContextOfOneCaller_IsNotSeenByTheNext()
    {
        AsyncLocal<string?> local = new();
        ConcurrentQueue<string?> seen = new();
        for (var i = 0; i < 10; i++)
        {
            // As a caller without a context of its own goes on: in that of the thread.
            using var suppressed = ExecutionContext.SuppressFlow();
            End(() =>
            {
                seen.Enqueue(local.Value);
                local.Value = "left behind";
            });
        }

        Run();

        Assert.Equal(Enumerable.Repeat<string?>(null, 10), seen);
        Assert.Null(local.Value);
    }

    /// <summary>Slow ones are better off side by side, and nobody but the turn knows that they are.</summary>
    [Fact]
    public void CallersWhoTakeLong_GetOtherThreads()
    {
        using ManualResetEventSlim gone = new();
        for (var i = 0; i < 9; i++)
        {
            End(static () =>
            {
                for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromMicroseconds(60);)
                {
                }
            });
        }

        var isMet = false;
        End(() => isMet = gone.Wait(Patience));
        End(gone.Set);

        Run();

        // The two may have been taken the other way round, which takes other threads just as much.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref isMet), Patience));
    }

    [EpollFact]
    public async Task Query_IsKept_UntilItsCallerHasGoneOn()
    {
        _turn.BeginGathering();
        var port = _bench.OpenPort(_server.Endpoint, UdpPeer.MaxQueriesPerPort);
        var isSentAtOnce = true;
        End(() =>
        {
            Assert.True(_turn.TryKeep(port, _bench.Begin(port, Queries.Text("example.com"))));
            isSentAtOnce = _server.HasMore;
        });

        Run();

        Assert.False(isSentAtOnce);
        await _server.ReceiveAsync(1);
        Assert.False(_server.HasMore);
    }

    [EpollFact]
    public async Task QueriesKeptByACallerWhoDoesNotComeBack_AreSent_AndNoneIsKeptAfterThat()
    {
        _turn.BeginGathering();
        var port = _bench.OpenPort(_server.Endpoint, UdpPeer.MaxQueriesPerPort);
        Assert.True(_turn.TryKeep(port, _bench.Begin(port, Queries.Text("a.example.com"))));
        Assert.False(_server.HasMore);

        _turn.StopGathering();

        await _server.ReceiveAsync(1);
        Assert.False(_turn.TryKeep(port, _bench.Begin(port, Queries.Text("b.example.com"))));
    }

    private void Run() => ((IThreadPoolWorkItem)_turn).Execute();

    /// <summary>A query that has ended, and whose caller does something then.</summary>
    private void End(Action next)
    {
        var operation = _pool.Rent(_completions);
        operation.Begin(QueryParts.Of(Queries.Text("example.com")), takesText: false, Patience, CancellationToken.None);
        operation.Exchange.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(next);
        _completions.BeginGathering();
        operation.Complete(new DnsReply(Exchange));
        _completions.EndGathering();
    }
}
