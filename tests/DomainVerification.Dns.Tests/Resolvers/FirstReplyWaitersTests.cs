using Microsoft.Extensions.Logging.Abstractions;
using static DomainVerification.Dns.Tests.HeldReplies;

namespace DomainVerification.Dns.Tests;

/// <summary>Those who wait for a look-up whose first sending is under way, and the turn at the server that it has.</summary>
[Collection(nameof(DnsDiagnosticsTests))]
public sealed class FirstReplyWaitersTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _first = new();
    private readonly CancellationTokenSource _second = new();
    private readonly HeldReplies _transport = new();
    private readonly HeldReplies _deaf = new(heedsTokens: false);
    private readonly ConfiguredServersResolver _resolver;

    public FirstReplyWaitersTests() => _resolver = Create(_transport, limit: 1);

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _resolver.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancelled_OneOfTwo_TheOtherGetsTheText(bool isFirst)
    {
        Task<DnsLookup>[] waiting = [AskAsync(0, _first.Token), AskAsync(0, _second.Token)];
        var (source, gone, left) = isFirst ? (_first, waiting[0], waiting[1]) : (_second, waiting[1], waiting[0]);

        await source.CancelAsync();

        await AssertCancelledAsync(gone, source.Token);
        Assert.False(_transport.Sent[0].Token.IsCancellationRequested);
        _transport.Answer(0);
        AssertAnswered(0, await left.WaitAsync(Patience));
        await AssertNextGetsThroughAsync();
    }

    [Fact]
    public async Task Cancelled_Both_EndsTheSending_AndGivesTheTurnBack()
    {
        Task<DnsLookup>[] waiting = [AskAsync(0, _first.Token), AskAsync(0, _second.Token)];

        await _first.CancelAsync();
        await AssertCancelledAsync(waiting[0], _first.Token);
        await _second.CancelAsync();
        await AssertCancelledAsync(waiting[1], _second.Token);

        Assert.True(_transport.Sent[0].Token.IsCancellationRequested);
        await AssertNextGetsThroughAsync();
    }

    [Fact]
    public async Task Cancelled_TheSecond_WhereTheFirstNeverGivesUp_LeavesItToTheFirst()
    {
        var first = AskAsync(0);
        var second = AskAsync(0, _second.Token);

        await _second.CancelAsync();

        await AssertCancelledAsync(second, _second.Token);
        Assert.False(_transport.Sent[0].Token.CanBeCanceled);
        _transport.Answer(0);
        AssertAnswered(0, await first.WaitAsync(Patience));
        await AssertNextGetsThroughAsync();
    }

    [Fact]
    public async Task Cancelled_TheFirst_WhereTheSecondNeverGivesUp_LeavesItToTheSecond()
    {
        var first = AskAsync(0, _first.Token);
        var second = AskAsync(0);

        await _first.CancelAsync();

        await AssertCancelledAsync(first, _first.Token);
        Assert.False(_transport.Sent[0].Token.IsCancellationRequested);
        _transport.Answer(0);
        AssertAnswered(0, await second.WaitAsync(Patience));
        await AssertNextGetsThroughAsync();
    }

    [Fact]
    public async Task Cancelled_Before_SendsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(0, new CancellationToken(canceled: true)));

        Assert.Empty(_transport.Sent);
        await AssertNextGetsThroughAsync();
    }

    [Fact]
    public async Task Cancelled_AfterTheFirstSendingFailed_EndsTheSecondSending()
    {
        var lookup = AskAsync(0, _first.Token);
        _transport.Fail(0);
        Assert.True(await Polling.UntilAsync(() => _transport.Sent.Count == 2));

        await _first.CancelAsync();

        await AssertCancelledAsync(lookup, _first.Token);
        Assert.Equal(
            [(ResolverBench.First, true), (ResolverBench.Second, false)],
            _transport.Sent.Select(sending => (sending.Server, sending.TakesText)));
        await AssertNextGetsThroughAsync();

        // The second server's turn is free too.
        var next = AskAsync(1);
        var sent = _transport.Sent.Count;
        _transport.Fail(sent - 1);
        Assert.True(await Polling.UntilAsync(() => _transport.Sent.Count == sent + 1));
        _transport.Answer(sent);
        AssertAnswered(1, await next.WaitAsync(Patience), attempts: 2);
    }

    [Fact]
    public async Task Failing_TellsAll_AndGivesTheTurnBack()
    {
        Task<DnsLookup>[] waiting = [AskAsync(0), AskAsync(0, _second.Token)];

        _transport.Sent[0].Reply.SetException(new InvalidOperationException("broken"));

        foreach (var task in waiting)
        {
            Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => task.WaitAsync(Patience))).Message);
        }

        await AssertNextGetsThroughAsync();
    }

    [Fact]
    public async Task NoFreeTurn_Waits_AndIsThenAnswered()
    {
        var first = AskAsync(0);
        var second = AskAsync(1);
        Assert.Single(_transport.Sent);

        _transport.Answer(0);
        AssertAnswered(0, await first.WaitAsync(Patience));
        Assert.True(await Polling.UntilAsync(() => _transport.Sent.Count == 2));
        Assert.Equal((Question(1), false), (_transport.Sent[1].Question, _transport.Sent[1].TakesText));

        _transport.Answer(1);
        AssertAnswered(1, await second.WaitAsync(Patience));
        await AssertNextGetsThroughAsync();
    }

    [Fact]
    public async Task NoFreeTurn_GivenUp_SendsNothing()
    {
        var first = AskAsync(0);
        var second = AskAsync(1, _second.Token);

        await _second.CancelAsync();

        await AssertCancelledAsync(second, _second.Token);
        _transport.Answer(0);
        AssertAnswered(0, await first.WaitAsync(Patience));
        Assert.Single(_transport.Sent);
        await AssertNextGetsThroughAsync();
    }

    /// <summary>The reply to a look-up that nobody waits for any more goes to nobody, and no later one suffers from it.</summary>
    [Fact]
    public async Task Abandoned_LateText_GoesToNobody()
    {
        using var resolver = Create(_deaf, limit: 3);
        var gone = AskAsync(resolver, 0, _first.Token);
        await _first.CancelAsync();
        await AssertCancelledAsync(gone, _first.Token);
        var next = AskAsync(resolver, 0);
        var other = AskAsync(resolver, 1);
        Assert.Equal(3, _deaf.Sent.Count);

        _deaf.Answer(0);
        Assert.False(next.IsCompleted);
        Assert.False(other.IsCompleted);
        var joined = AskAsync(resolver, 0, _second.Token);
        Assert.Equal(3, _deaf.Sent.Count);
        _deaf.Answer(2);
        _deaf.Answer(1);

        AssertAnswered(1, await other.WaitAsync(Patience));
        Assert.Same(await next.WaitAsync(Patience), await joined.WaitAsync(Patience));
        AssertAnswered(0, await next);
        for (var index = 3; index < 6; index++)
        {
            var again = AskAsync(resolver, index);
            _deaf.Answer(index);
            AssertAnswered(index, await again.WaitAsync(Patience));
        }
    }

    [Fact]
    public async Task Many_OneAfterTheOtherAndAtOnce_HaveTheirOwnTexts()
    {
        using var resolver = Create(_deaf, limit: 100);
        for (var wave = 0; wave < 5; wave++)
        {
            var before = _deaf.Sent.Count;
            var lookups = Enumerable.Range(0, 20).Select(index => AskAsync(resolver, index)).ToList();
            foreach (var index in Enumerable.Range(0, 20).OrderBy(index => index * 7 % 20))
            {
                _deaf.Answer(before + index);
            }

            var ended = await Task.WhenAll(lookups).WaitAsync(Patience);
            Assert.All(ended.Index(), pair => AssertAnswered(pair.Index, pair.Item));
        }
    }

    private static ConfiguredServersResolver Create(HeldReplies transport, int limit)
    {
        DnsResolverOptions options = new()
        {
            MaxInFlightPerServer = limit,
            Servers = { ResolverBench.First.ToString(), ResolverBench.Second.ToString() },
        };
        Testing.ManualTimeProvider time = new();
        return new ConfiguredServersResolver(options, transport, transport, time, NullLogger<ConfiguredServersResolver>.Instance);
    }

    private static void AssertAnswered(int index, DnsLookup lookup, int attempts = 1)
    {
        var name = Question(index).Name;
        Assert.Equal((DnsLookupStatus.Answered, Question(index)), (lookup.Status, lookup.Question));
        var record = Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records));
        Assert.Equal((name, name.ToString()), (record.Name, record.Text));
        Assert.Equal(Enumerable.Repeat(Question(index), attempts), lookup.Attempts.Select(attempt => attempt.Question));
    }

    private static async Task AssertCancelledAsync(Task<DnsLookup> lookup, CancellationToken token)
    {
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup.WaitAsync(Patience));
        Assert.Equal(token, error.CancellationToken);
    }

    private static Task<DnsLookup> AskAsync(ConfiguredServersResolver resolver, int index, CancellationToken cancellationToken = default) =>
        resolver.ResolveAsync(Question(index), cancellationToken).AsTask();

    private Task<DnsLookup> AskAsync(int index, CancellationToken cancellationToken = default) =>
        AskAsync(_resolver, index, cancellationToken);

    private async Task AssertNextGetsThroughAsync()
    {
        var sent = _transport.Sent.Count;
        var next = AskAsync(99);
        Assert.True(await Polling.UntilAsync(() => _transport.Sent.Count == sent + 1));
        Assert.Equal(ResolverBench.First, _transport.Sent[sent].Server);
        _transport.Answer(sent);
        AssertAnswered(99, await next.WaitAsync(Patience));
    }
}
