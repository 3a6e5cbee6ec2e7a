namespace DomainVerification.Dns.Tests;

/// <summary>Who asks what is being asked waits for the same answer (RFC 5452, section 5).</summary>
public sealed class SharedLookupsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly DnsQuestion Question = ResolverBench.Question;

    private readonly List<(DnsQuestion Question, TaskCompletionSource<DnsLookup> Answer, CancellationToken Token)> _runs = [];
    private readonly SharedLookups _lookups;

    public SharedLookupsTests() => _lookups = new SharedLookups((question, token) =>
    {
        TaskCompletionSource<DnsLookup> answer = new();
        _runs.Add((question, answer, token));
        return new ValueTask<DnsLookup>(answer.Task.WaitAsync(token));
    });

    [Fact]
    public async Task W06_SameQuestionMeanwhile_IsAskedOnce()
    {
        var first = RunAsync(Question);
        var second = RunAsync(Question with { Name = DnsName.Parse("_ACME-challenge.EXAMPLE.com") });

        var lookup = Answer(0);

        Assert.Equal([lookup, lookup], await Task.WhenAll(first, second));
        Assert.Single(_runs);
    }

    [Fact]
    public async Task W06_SameQuestionAfterTheAnswer_IsAskedAgain()
    {
        var first = RunAsync(Question);
        Answer(0);
        await first;

        var second = RunAsync(Question);
        Answer(1);

        Assert.NotSame(await first, await second);
    }

    [Fact]
    public async Task W06_OtherQuestion_IsAsked()
    {
        var first = RunAsync(Question);
        var second = RunAsync(Question with { Type = DnsRecordType.CNAME });

        Answer(0);
        Answer(1);

        await Task.WhenAll(first, second);
        Assert.Equal(2, _runs.Count);
    }

    [Fact]
    public async Task Cancelled_OneOfTwo_TheOtherGetsTheAnswer()
    {
        using CancellationTokenSource source = new();
        var first = RunAsync(Question, source.Token);
        var second = RunAsync(Question);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(_runs[0].Token.IsCancellationRequested);

        Assert.Same(Answer(0), await second);
    }

    [Fact]
    public async Task Cancelled_All_EndsTheLookup_AndTheNextOneIsFresh()
    {
        using CancellationTokenSource source = new();
        Task<DnsLookup>[] waiting = [RunAsync(Question, source.Token), RunAsync(Question, source.Token)];

        await source.CancelAsync();
        foreach (var task in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }

        Assert.True(_runs[0].Token.IsCancellationRequested);
        var next = RunAsync(Question);
        Assert.Same(Answer(1), await next);
    }

    [Fact]
    public async Task Cancelled_LookupThatEndsLate_LeavesTheNextOneToBeShared()
    {
        List<TaskCompletionSource<DnsLookup>> answers = [];
        SharedLookups lookups = new((_, _) =>
        {
            answers.Add(new TaskCompletionSource<DnsLookup>());
            return new ValueTask<DnsLookup>(answers[^1].Task);
        });
        using CancellationTokenSource source = new();
        var givenUp = lookups.RunAsync(Question, source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        var next = lookups.RunAsync(Question, CancellationToken.None).AsTask();

        answers[0].SetResult(new DnsLookup { Status = DnsLookupStatus.TimedOut, Question = Question });
        var afterwards = lookups.RunAsync(Question, CancellationToken.None).AsTask();

        Assert.Equal(2, answers.Count);
        answers[1].SetResult(new DnsLookup { Status = DnsLookupStatus.NoData, Question = Question });
        Assert.Same(await next, await afterwards);
    }

    [Fact]
    public async Task Cancelled_BeforeTheLookupStarts_IsACancellation()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(Question, new CancellationToken(canceled: true)));

        var next = RunAsync(Question);
        Assert.Same(Answer(_runs.Count - 1), await next);
    }

    [Fact]
    public async Task CallerWhoBlocks_HoldsUpNobodyElse()
    {
        using ManualResetEventSlim gone = new();
        var first = SetAsync(_lookups.RunAsync(Question, CancellationToken.None), gone);
        var second = BlockAsync(_lookups.RunAsync(Question, CancellationToken.None), gone);

        var answered = Task.Run(() => Answer(0));

        await first.WaitAsync(Patience);
        Assert.True(await second.WaitAsync(Patience));
        await answered.WaitAsync(Patience);
    }

    [Fact]
    public async Task Failing_TellsAll_AndTheNextOneIsFresh()
    {
        Task<DnsLookup>[] waiting = [RunAsync(Question), RunAsync(Question)];

        _runs[0].Answer.SetException(new InvalidOperationException());

        foreach (var task in waiting)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => task);
        }

        var next = RunAsync(Question);
        Assert.Same(Answer(1), await next);
    }

    private static async Task SetAsync(ValueTask<DnsLookup> lookup, ManualResetEventSlim gone)
    {
        await lookup.ConfigureAwait(false);
        gone.Set();
    }

    private static async Task<bool> BlockAsync(ValueTask<DnsLookup> lookup, ManualResetEventSlim gone)
    {
        await lookup.ConfigureAwait(false);
        return gone.Wait(Patience);
    }

    private Task<DnsLookup> RunAsync(DnsQuestion question, CancellationToken cancellationToken = default) =>
        _lookups.RunAsync(question, cancellationToken).AsTask();

    private DnsLookup Answer(int run)
    {
        DnsLookup lookup = new() { Status = DnsLookupStatus.NoData, Question = _runs[run].Question };
        _runs[run].Answer.SetResult(lookup);
        return lookup;
    }
}
