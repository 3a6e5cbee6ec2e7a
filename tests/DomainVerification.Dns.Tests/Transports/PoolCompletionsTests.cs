using System.Collections.Concurrent;

namespace DomainVerification.Dns.Tests;

public sealed class PoolCompletionsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly DnsExchange Exchange = new(DnsExchangeOutcome.TimedOut, TimeSpan.Zero);

    private readonly UdpOperationPool _pool = new(TimeProvider.System);
    private readonly PoolCompletions _completions = new();

    [Fact]
    public async Task EveryCaller_GoesOnOnceWithItsOwnExchange()
    {
        DnsExchange[] exchanges = [.. Enumerable.Range(0, 1000).Select(index => Exchange with { IgnoredPackets = index })];
        var operations = exchanges.Select(_ => Begin()).ToList();
        var waiting = operations.Select(operation => operation.Exchange.AsTask()).ToList();

        await Task.WhenAll(operations.Zip(exchanges).Select(pair => Task.Run(() => pair.First.Complete(new DnsReply(pair.Second)))));

        Assert.Equal(exchanges, await Task.WhenAll(waiting).WaitAsync(Patience));
    }

    [Fact]
    public async Task CallerWhoBlocks_HoldsUpNobodyElse()
    {
        using ManualResetEventSlim gone = new();
        var (first, second) = (Begin(), Begin());
        var blocked = BlockAsync(first.Exchange, gone);
        var other = SetAsync(second.Exchange, gone);

        first.Complete(new DnsReply(Exchange));
        second.Complete(new DnsReply(Exchange));

        await other.WaitAsync(Patience);
        Assert.True(await blocked.WaitAsync(Patience));
    }

    [Fact]
    public async Task ContextOfOneCaller_IsNotSeenByTheNext()
    {
        AsyncLocal<string?> local = new();
        ConcurrentQueue<(string?, SynchronizationContext?)> seen = new();
        using CountdownEvent left = new(1000);
        List<UdpOperation> operations = [];
        for (var i = 0; i < left.InitialCount; i++)
        {
            var operation = Begin();
            operations.Add(operation);

            // As a caller without a context of its own goes on: in that of the thread.
            using var suppressed = ExecutionContext.SuppressFlow();
            GoOnWith(operation.Exchange, () =>
            {
                seen.Enqueue((local.Value, SynchronizationContext.Current));
                local.Value = "left behind";
                SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
                left.Signal();
            });
        }

        operations.ForEach(operation => operation.Complete(new DnsReply(Exchange)));

        await Task.Run(() => Assert.True(left.Wait(Patience)));
        Assert.All(seen, one => Assert.Equal((null, null), one));
    }

    [Fact]
    public async Task WhatIsGathered_WakesNobody_UntilSomebodyHelps()
    {
        var (gathered, other) = (Begin(), Begin());
        var waiting = gathered.Exchange.AsTask();
        var released = other.Exchange.AsTask();
        _completions.BeginGathering();
        gathered.Complete(new DnsReply(Exchange));
        _completions.EndGathering();
        Assert.Equal(1, _completions.Count);
        Assert.False(waiting.IsCompleted);

        _completions.Help();

        await waiting.WaitAsync(Patience);
        other.Complete(new DnsReply(Exchange));
        await released.WaitAsync(Patience);
    }

    /// <summary>Who gathers in one thread knows nothing of what ends in another, such as by the clock.</summary>
    [Fact]
    public async Task WhatEndsInAnotherThreadMeanwhile_GoesOnByItself()
    {
        var operation = Begin();
        var waiting = operation.Exchange.AsTask();
        _completions.BeginGathering();
        try
        {
            Thread other = new(() => operation.Complete(new DnsReply(Exchange)));
            other.Start();
            other.Join();

            Assert.True(SpinWait.SpinUntil(() => waiting.IsCompleted, Patience));
        }
        finally
        {
            _completions.EndGathering();
        }

        Assert.Equal(Exchange, await waiting);
    }

    private static void GoOnWith(ValueTask<DnsExchange> exchange, Action next) =>
        exchange.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(next);

    private static async Task<bool> BlockAsync(ValueTask<DnsExchange> exchange, ManualResetEventSlim gone)
    {
        await exchange.ConfigureAwait(false);
        return gone.Wait(Patience);
    }

    private static async Task SetAsync(ValueTask<DnsExchange> exchange, ManualResetEventSlim gone)
    {
        await exchange.ConfigureAwait(false);
        gone.Set();
    }

    private UdpOperation Begin()
    {
        var operation = _pool.Rent(_completions);
        operation.Begin(QueryParts.Of(Queries.Text("example.com")), takesText: false, Patience, CancellationToken.None);
        return operation;
    }
}
