using System.Collections.Concurrent;
using System.Diagnostics;

namespace DomainVerification.Dns.Tests;

/// <summary>What callers may do where they go on, in a turn that nothing was lent to.</summary>
public sealed class PoolTurnTests : IDisposable
{
    // With more, slow ones would get other threads.
    private const int Callers = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly DnsExchange Exchange = new(DnsExchangeOutcome.TimedOut, TimeSpan.Zero);

    private readonly SetBench _bench = new();
    private readonly HeldServer _server = new();
    private readonly UdpOperationPool _pool = new(TimeProvider.System);
    private readonly PoolCompletions _completions = new();
    private readonly PoolTurn _turn;

    public PoolTurnTests() => _turn = new PoolTurn(new EpollReceiver(), _completions) { RoundTime = TimeSpan.MaxValue };

    public void Dispose()
    {
        _bench.Dispose();
        _server.Dispose();
    }

    [Fact]
    public void Callers_GoOnInItsThread_OneAfterTheOther()
    {
        List<(int Index, PoolTurn? Turn)> seen = [];
        HashSet<int> steps = [_turn.Steps];
        for (var i = 0; i < Callers; i++)
        {
            var index = i;
            End(() =>
            {
                seen.Add((index, PoolTurn.Current));

                // By which it is known that the turn goes on.
                Assert.True(steps.Add(_turn.Steps));
            });
        }

        Run();

        Assert.Equal(Enumerable.Range(0, Callers).Select(index => (index, (PoolTurn?)_turn)), seen);
        Assert.Null(PoolTurn.Current);
        Assert.True(_completions.IsIdle);
        Assert.True(_turn.IsFree);
    }

    [Fact]
    public void ContextOfOneCaller_IsNotSeenByTheNext()
    {
        AsyncLocal<string?> local = new();
        ConcurrentQueue<(string?, SynchronizationContext?)> seen = new();
        var before = SynchronizationContext.Current;
        for (var i = 0; i < Callers; i++)
        {
            // As a caller without a context of its own goes on: in that of the thread.
            using var suppressed = ExecutionContext.SuppressFlow();
            End(() =>
            {
                seen.Enqueue((local.Value, SynchronizationContext.Current));
                local.Value = "left behind";
                SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
            });
        }

        Run();

        Assert.Equal(Enumerable.Repeat<(string?, SynchronizationContext?)>((null, before), Callers), seen);
        Assert.Null(local.Value);
        Assert.Same(before, SynchronizationContext.Current);
    }

    /// <summary>Slow ones are better off side by side, and nobody but the turn knows that they are.</summary>
    [Fact]
    public void CallersWhoTakeLong_GetOtherThreads()
    {
        using ManualResetEventSlim gone = new();
        for (var i = 0; i < 9; i++)
        {
            End(TakeLong);
        }

        var isMet = false;
        End(() => isMet = gone.Wait(Patience));
        End(gone.Set);

        Run();

        // The two may have been taken the other way round, which takes other threads just as much.
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref isMet), Patience));
    }

    /// <summary>One caller after the other, none of whom takes long, must not keep the turn from reading.</summary>
    [Fact]
    public async Task CallersWhoTakeLongTogether_AreLeftToOthers()
    {
        PoolTurn turn = new(new EpollReceiver(), _completions) { RoundTime = TimeSpan.FromTicks(1) };
        List<TaskCompletionSource<PoolTurn?>> seen = [];
        for (var i = 0; i < Callers; i++)
        {
            TaskCompletionSource<PoolTurn?> next = new();
            seen.Add(next);
            End(() => next.SetResult(PoolTurn.Current));
        }

        ((IThreadPoolWorkItem)turn).Execute();

        var turns = await Task.WhenAll(seen.Select(next => next.Task)).WaitAsync(Patience);
        Assert.Equal([turn, .. Enumerable.Repeat<PoolTurn?>(null, Callers - 1)], turns);
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
    public void QueryKept_BeforeACallerTookLong_WaitsForNoOther()
    {
        _turn.BeginGathering();
        var port = _bench.OpenPort(_server.Endpoint, UdpPeer.MaxQueriesPerPort);
        var isSent = false;
        End(() =>
        {
            Assert.True(_turn.TryKeep(port, _bench.Begin(port, Queries.Text("example.com"))));
            TakeLong();
        });
        End(() => isSent = _server.HasMore);

        Run();

        Assert.True(isSent);
    }

    /// <summary>A caller may ask others than whose answer it was: they do not know when the turn sends.</summary>
    [EpollFact]
    public void QueryOverAnotherReceiver_IsSentAtOnce()
    {
        EpollReceiver other = new();
        _turn.BeginGathering();
        using var socket = other.Open(_server.Endpoint, isShared: true, polls: false);
        UdpPort port = new(new UdpPeer(_server.Endpoint, new UdpPorts(other, TimeProvider.System)), socket, UdpPeer.MaxQueriesPerPort);
        var isSentAtOnce = false;
        End(() =>
        {
            other.Send(port, _bench.Begin(port, Queries.Text("example.com")));
            isSentAtOnce = _server.HasMore;
        });

        Run();

        Assert.True(isSentAtOnce);
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

    /// <summary>
    /// Whoever opens a port asks it while he keeps others from the server, and one of the others may be the sender, who ends what failed.
    /// </summary>
    [EpollFact]
    public async Task WhetherQueriesWait_IsToldWhileTheyAreSent()
    {
        using Barrier ended = new(2);
        var port = _bench.OpenPort(_server.Endpoint, UdpPeer.MaxQueriesPerPort);
        _server.Dispose();
        port.Socket.Send([0]);
        _turn.BeginGathering();
        var operation = _bench.Begin(port, Queries.Text("example.com"));
        operation.Exchange.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() =>
        {
            ended.SignalAndWait(Patience);
            ended.SignalAndWait(Patience);
        });
        Assert.True(_turn.TryKeep(port, operation));
        var sending = Task.Run(_turn.StopGathering);
        Assert.True(ended.SignalAndWait(Patience));

        Assert.True(await Task.Run(() => _turn.HasKept).WaitAsync(TimeSpan.FromSeconds(10)));

        ended.SignalAndWait(Patience);
        await sending.WaitAsync(Patience);
        Assert.False(_turn.HasKept);
    }

    private static void TakeLong()
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromMicroseconds(60);)
        {
        }
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
