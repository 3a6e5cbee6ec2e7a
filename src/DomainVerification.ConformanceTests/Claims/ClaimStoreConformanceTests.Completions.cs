using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string SameCommit =
        "The outcome of an idempotent request is written with the commit that it is the outcome of: a crash leaves both or neither.";

    private static readonly byte[] Outcome = [1, 0, 255, 13, 10];

    /// <summary>A commit completes the request that it is the outcome of.</summary>
    [Contract(SameCommit, Where = "ClaimCommit.Completed")]
    public async Task Commit_WithCompletion_WritesClaimAndOutcome()
    {
        var requests = Requests();
        await StartAsync(requests, Sample.Request(1));

        await PutAsync(new ClaimCommit { Claims = [Sample.Claim()], Completed = [Completion(1, 1)] });

        var answer = await requests.BeginAsync(Sample.Request(1) with { Run = Sample.RunId(2) }, default);
        FieldList.AssertSame(new IdempotencyAnswer(IdempotencyStatus.Completed, Outcome), answer);
        Assert.NotNull(await Store.FindAsync(Sample.Id(1), default));
    }

    /// <summary>A refused commit completes nothing.</summary>
    [Contract(SameCommit, Where = "ClaimCommit.Completed; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_RefusedWithCompletion_LeavesTheRequestRunning()
    {
        var requests = Requests();
        await StartAsync(requests, Sample.Request(1));
        var completion = Completion(1, 1);

        await AssertRefusedAsync(
            new ClaimCommit { Claims = [Sample.Claim() with { Version = 2 }], Completed = [completion] },
            ClaimCommitStatus.VersionConflict);

        var answer = await requests.BeginAsync(Sample.Request(1) with { Run = Sample.RunId(2) }, default);
        FieldList.AssertSame(new IdempotencyAnswer(IdempotencyStatus.Running, default, Sample.Now + Sample.Minute), answer);
        Assert.Equal(IdempotencySettlement.Settled, await requests.CompleteAsync(completion, default));
    }

    /// <summary>A run that was overtaken commits nothing.</summary>
    [Contract(
        "A completed request that is no longer run by this run refuses the commit.",
        Where = "ClaimCommit.Completed; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_CompletionOfARunThatIsOver_IsAConflict()
    {
        var requests = Requests();
        var claim = Sample.Claim();
        await StartAsync(requests, Sample.Request(1));
        await StartAsync(requests, Sample.Request(1) with { Run = Sample.RunId(2), Now = Sample.Now + Sample.Minute });
        await StartAsync(requests, Sample.Request(3));
        await requests.AbandonAsync(Sample.Key(3), Sample.RunId(3), default);
        await StartAsync(requests, Sample.Request(4));
        await requests.CompleteAsync(Completion(4, 4), default);

        foreach (var number in (int[])[1, 3, 4, 5])
        {
            await AssertRefusedAsync(
                new ClaimCommit
                {
                    Claims = [claim],
                    Events = [Sample.Event(claim)],
                    Work = [Sample.Work(1)],
                    Completed = [Completion(number, number)],
                },
                ClaimCommitStatus.VersionConflict);
        }

        await PutAsync(new ClaimCommit { Claims = [claim], Completed = [Completion(1, 2)] });
    }

    /// <summary>A store that keeps no requests says so.</summary>
    [Contract(
        "Only a store that is an IIdempotencyStore too takes completions; others throw a NotSupportedException.",
        Where = "ClaimCommit.Completed")]
    public async Task Commit_CompletionWithoutAnIdempotencyStore_IsNotSupported()
    {
        if (Store is IIdempotencyStore)
        {
            throw new ContractSkippedException($"{Store.GetType().Name} is an IIdempotencyStore.");
        }

        var commit = new ClaimCommit { Claims = [Sample.Claim()], Completed = [Completion(1, 1)] };
        var thrown = await Record.ExceptionAsync(async () => await Store.CommitAsync(commit, default));

        Assert.IsAssignableFrom<NotSupportedException>(thrown);
        Assert.Null(await Store.FindAsync(Sample.Id(1), default));
    }

    private static IdempotencyCompletion Completion(int key, int run) => new(Sample.Key(key), Sample.RunId(run), Outcome);

    private static async Task StartAsync(IIdempotencyStore requests, IdempotencyRequest request) =>
        Assert.Equal(IdempotencyStatus.Started, (await requests.BeginAsync(request, default)).Status);

    private IIdempotencyStore Requests() => Store as IIdempotencyStore
        ?? throw new ContractSkippedException($"{Store.GetType().Name} is no IIdempotencyStore.");
}
