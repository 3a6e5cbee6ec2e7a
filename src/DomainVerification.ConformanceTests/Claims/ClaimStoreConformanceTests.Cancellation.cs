using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string Cancellation = "A cancelled token ends a call with OperationCanceledException and leaves nothing half-written.";

    /// <summary>Every call looks at its token.</summary>
    [Contract(Cancellation, Where = "IClaimStore")]
    public async Task EveryCall_CancelledToken_ThrowsOperationCanceled()
    {
        await PutAsync(new ClaimCommit { Claims = [Sample.Claim() with { DueAt = Sample.Now }], Work = [Sample.Work(1)] });

        await AssertEachThrowsAsync<OperationCanceledException>(Calls(new CancellationToken(canceled: true)));
    }

    /// <summary>A cancelled call writes nothing and leases nothing.</summary>
    [Contract(Cancellation, Where = "IClaimStore")]
    public async Task EveryCall_CancelledToken_ChangesNothing()
    {
        var claim = Sample.Claim() with { DueAt = Sample.Now };
        await PutAsync(new ClaimCommit { Claims = [claim], Work = [Sample.Work(1)] });
        var before = await SnapshotAsync();

        foreach (var (_, call) in Calls(new CancellationToken(canceled: true)))
        {
            await Record.ExceptionAsync(call);
        }

        Assert.Equal(before, await SnapshotAsync());
        Assert.Equal([1], await LeaseDueAsync(Sample.Now));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
        Assert.Null(await Store.FindAsync(NewWithTraces().Claims[0].Id, default));
        Assert.Null(await Store.FindWorkAsync(NewWithTraces().Work[0].Id, default));
    }

    /// <summary>A commit that is cancelled under way is written whole, or not at all.</summary>
    [Contract("A commit whose token is cancelled wrote nothing, or everything.", Where = "IClaimStore.CommitAsync")]
    public async Task Commit_CancelledUnderWay_IsWholeOrAbsent()
    {
        for (var round = 0; round < 5 * Rounds; round++)
        {
            var claim = Sample.Claim(round + 1, "ann", $"name-{round}.example");
            var work = Sample.Work(round + 1, $"name-{round}.example");
            var commit = new ClaimCommit { Claims = [claim], Events = [Sample.Event(claim)], Work = [work] };
            using var source = new CancellationTokenSource();
            var token = source.Token;
            var spins = round * 20;

            var written = await Concurrent.RunAsync(2, async caller =>
            {
                if (caller == 1)
                {
                    Thread.SpinWait(spins);
                    await source.CancelAsync();
                    return false;
                }

                try
                {
                    return await Store.CommitAsync(commit, token) == ClaimCommitStatus.Committed;
                }
                catch (OperationCanceledException)
                {
                    return false;
                }
            });

            bool[] seen =
            [
                await Store.FindAsync(claim.Id, default) is not null,
                (await Store.ListEventsAsync(claim.Id, default)).Count == 1,
                await Store.FindWorkAsync(work.Id, default) is not null,
            ];
            Assert.True(seen.Distinct().Count() == 1, $"Claim, event, work were written: {string.Join(", ", seen)}.");
            Assert.True(seen[0] || !written[0], "A commit was answered with Committed, and nothing was written.");
        }
    }

    private static ClaimCommit NewWithTraces()
    {
        var claim = Sample.Claim(7, "eve", "eve.example");
        return new ClaimCommit { Claims = [claim], Events = [Sample.Event(claim)], Work = [Sample.Work(7, "eve.example")] };
    }

    /// <summary>A call of every method of the store.</summary>
    private (string Name, Func<Task> Call)[] Calls(CancellationToken token) =>
    [
        (nameof(IClaimStore.FindAsync), async () => await Store.FindAsync(Sample.Id(1), token)),
        (nameof(IClaimStore.FindNewestAsync), async () => await Store.FindNewestAsync(string.Empty, "ann", Sample.Name(), token)),
        (nameof(IClaimStore.FindHoldingAsync), async () => await Store.FindHoldingAsync(string.Empty, Sample.Name(), token)),
        (nameof(IClaimStore.ListAsync), async () => await Store.ListAsync(new ClaimQuery(), token)),
        (nameof(IClaimStore.ListEventsAsync), async () => await Store.ListEventsAsync(Sample.Id(1), token)),
        (nameof(IClaimStore.LeaseDueClaimsAsync), async () => await Store.LeaseDueClaimsAsync(Sample.Lease(Sample.Now), token)),
        (nameof(IClaimStore.LeaseWorkAsync), async () => await Store.LeaseWorkAsync(Sample.Lease(Sample.Now), token)),
        (nameof(IClaimStore.FindWorkAsync), async () => await Store.FindWorkAsync(Sample.WorkId(1), token)),
        (nameof(IClaimStore.ListWorkAsync), async () => await Store.ListWorkAsync(new WorkQuery(), token)),
        (nameof(IClaimStore.CommitAsync), async () => await Store.CommitAsync(NewWithTraces(), token)),
    ];
}
