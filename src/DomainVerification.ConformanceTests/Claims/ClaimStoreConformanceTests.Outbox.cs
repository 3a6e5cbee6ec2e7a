using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string QueueOrder = "Work waits while earlier work of the same (profile, domain) and target is unfinished.";
    private const string BringForward = "A commit that adds or replays work brings the DueAt of the head of that queue forward to its own.";
    private const string SettleRules = "Work is settled once, by whoever finds it at the head of its queue.";

    /// <summary>A queue gives its next work when the one before it is settled.</summary>
    [Contract(QueueOrder, Where = "IClaimStore.LeaseWorkAsync")]
    public async Task LeaseWork_OneDomain_GivesTheNextOnlyWhenTheFirstIsSettled()
    {
        // The identities and the instants of creation say nothing of the order: the commits do.
        await EnqueueAsync(Sample.Work(3), Sample.Work(1) with { CreatedAt = Sample.Now - Sample.Minute });
        await EnqueueAsync(Sample.Work(2) with { CreatedAt = Sample.Now - (2 * Sample.Minute) });

        foreach (var number in (int[])[3, 1, 2])
        {
            Assert.Equal([number], await LeaseWorkAsync(Sample.Now));
            Assert.Empty(await LeaseWorkAsync(Sample.Now));
            await SettleAsync(new SettledWork(Sample.WorkId(number)));
        }

        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        Assert.Empty((await Store.ListWorkAsync(new WorkQuery(), default)).Work);
    }

    /// <summary>Work of a queue waits behind a head that is not due, even where it was due before.</summary>
    [Contract(QueueOrder, Where = "IClaimStore.LeaseWorkAsync")]
    public async Task LeaseWork_HeadNotDue_HoldsUpWhatIsBehindIt()
    {
        await EnqueueAsync(Sample.Work(1), Sample.Work(2));
        await SettleAsync(new SettledWork(Sample.WorkId(1), Sample.Now + Sample.Minute));

        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now + Sample.Minute));
    }

    /// <summary>Queues of other domains and profiles do not wait.</summary>
    [Contract(QueueOrder, Where = "IClaimStore.LeaseWorkAsync")]
    public async Task LeaseWork_OtherDomainsAndProfiles_DoNotWait()
    {
        await EnqueueAsync(
            Sample.Work(1),
            Sample.Work(2, "other.example"),
            Sample.Work(3) with { Profile = "other" },
            Sample.Work(4),
            Sample.Work(5, "sub.acme.example"));

        Assert.Equal([1, 2, 3, 5], (await LeaseWorkAsync(Sample.Now)).Order());
    }

    /// <summary>Work that is due earlier than the head of its queue pulls the head forward.</summary>
    [Contract(BringForward, Where = "IClaimStore.LeaseWorkAsync")]
    public async Task Commit_WorkDueBeforeTheHead_BringsTheHeadForward()
    {
        var later = Sample.Now + TimeSpan.FromDays(3);
        await EnqueueAsync(Sample.Work(1) with { DueAt = later }, Sample.Work(9, "other.example") with { DueAt = later });
        Assert.Empty(await LeaseWorkAsync(Sample.Now));

        await EnqueueAsync(Sample.Work(2));

        Assert.Equal(Sample.Now, (await Store.FindWorkAsync(Sample.WorkId(1), default))!.DueAt);
        Assert.Equal(later, (await Store.FindWorkAsync(Sample.WorkId(9), default))!.DueAt);
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
    }

    /// <summary>A retry that is days away does not hold up the next holder.</summary>
    [Contract(BringForward, Where = "IClaimStore.LeaseWorkAsync")]
    public async Task Commit_WorkBehindARetry_BringsTheRetryForward()
    {
        await EnqueueAsync(Sample.Work(1));
        await LeaseWorkAsync(Sample.Now);
        await SettleAsync(new SettledWork(Sample.WorkId(1), Sample.Now + TimeSpan.FromDays(1)));

        await EnqueueAsync(Sample.Work(2) with { DueAt = Sample.Now + Sample.Minute });

        Assert.Empty(await LeaseWorkAsync(Sample.Now + Sample.Minute - Sample.Millisecond));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now + Sample.Minute));
    }

    /// <summary>Work that is due later than the head moves nothing.</summary>
    [Contract("The DueAt of the head is brought forward, never put off.", Where = "IClaimStore.LeaseWorkAsync")]
    public async Task Commit_WorkDueAfterTheHead_LeavesTheHeadAlone()
    {
        await EnqueueAsync(Sample.Work(1));
        await EnqueueAsync(Sample.Work(2) with { DueAt = Sample.Now + TimeSpan.FromDays(1) });

        Assert.Equal(Sample.Now, (await Store.FindWorkAsync(Sample.WorkId(1), default))!.DueAt);
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(1)));
        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now + TimeSpan.FromDays(1)));
    }

    /// <summary>The head is pulled forward; what stands between it and the new work is not.</summary>
    [Contract(BringForward, Where = "IClaimStore.LeaseWorkAsync")]
    public async Task Commit_WorkBehindTwoOthers_BringsOnlyTheHeadForward()
    {
        var later = Sample.Now + TimeSpan.FromDays(1);
        await EnqueueAsync(Sample.Work(1) with { DueAt = later }, Sample.Work(2) with { DueAt = later });

        await EnqueueAsync(Sample.Work(3));

        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(1)));
        Assert.Equal(later, (await Store.FindWorkAsync(Sample.WorkId(2), default))!.DueAt);
        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        Assert.Equal([2], await LeaseWorkAsync(later));
    }

    /// <summary>A head that somebody works on is pulled forward and not given to a second.</summary>
    [Contract("Leased work is not leased again until the lease runs out or a commit settles it.", Where = "IClaimStore.LeaseWorkAsync")]
    public async Task Commit_WorkBehindALeasedHead_DoesNotFreeTheHead()
    {
        await EnqueueAsync(Sample.Work(1));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));

        await EnqueueAsync(Sample.Work(2) with { DueAt = Sample.Now - Sample.Minute });

        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now + Sample.Minute));
    }

    /// <summary>A retry keeps its place, counts its tries and frees its lease.</summary>
    [Contract(
        "A retry keeps its place in the queue and tells how often and why it failed.",
        Where = "SettledWork; ClaimWork.Attempts; ClaimWork.LastError")]
    public async Task LeaseWork_Retry_KeepsItsPlaceAndTellsItsTries()
    {
        await EnqueueAsync(Sample.Work(1), Sample.Work(2));
        var error = new DomainVerificationError("quota_exceeded", "Too many.");
        var now = Sample.Now;
        for (var tries = 1; tries <= 3; tries++)
        {
            Assert.Equal([1], await LeaseWorkAsync(now));
            await SettleAsync(new SettledWork(Sample.WorkId(1), now + TimeSpan.FromSeconds(5), error));

            // The lease of a minute ended with the try.
            Assert.Empty(await LeaseWorkAsync(now));
            now += TimeSpan.FromSeconds(5);
            var expected = Sample.Work(1) with { Attempts = tries, LastError = error, DueAt = now };
            FieldList.AssertSame(expected, await Store.FindWorkAsync(Sample.WorkId(1), default));
        }

        var last = Assert.Single(await Store.LeaseWorkAsync(Sample.Lease(now), default));
        Assert.Equal((Sample.WorkId(1), 3, error), (last.Id, last.Attempts, last.LastError));
    }

    /// <summary>A retry without an error forgets the one before.</summary>
    [Contract("LastError tells why the newest try did not succeed.", Where = "ClaimWork.LastError; SettledWork.Error")]
    public async Task Settle_RetryWithoutAnError_ForgetsTheOneBefore()
    {
        await EnqueueAsync(Sample.Work(1));
        await SettleAsync(new SettledWork(Sample.WorkId(1), Sample.Now, new DomainVerificationError("busy", "Later.")));
        await SettleAsync(new SettledWork(Sample.WorkId(1), Sample.Now));

        FieldList.AssertSame(Sample.Work(1) with { Attempts = 2 }, await Store.FindWorkAsync(Sample.WorkId(1), default));
    }

    /// <summary>Work that nobody settles comes again.</summary>
    [Contract(
        "Work is done at least once: a lease that ran out frees it.",
        Where = "IClaimStore.LeaseWorkAsync; ClaimWork; LeaseRequest.Now")]
    public async Task LeaseWork_NeverSettled_ComesAgainWhenTheLeaseEnds()
    {
        await EnqueueAsync(Sample.Work(1));
        for (var now = Sample.Now; now < Sample.Now + (3 * Sample.Minute); now += Sample.Minute)
        {
            FieldList.AssertSame(Sample.Work(1), Assert.Single(await Store.LeaseWorkAsync(Sample.Lease(now), default)));
            Assert.Empty(await LeaseWorkAsync(now + Sample.Minute - Sample.Millisecond));
        }
    }

    /// <summary>What is unknown, settled, or not at the head cannot be settled.</summary>
    [Contract(SettleRules, Where = "ClaimCommit.Settled; ClaimCommitStatus.VersionConflict")]
    public async Task Settle_UnknownSettledOrWaitingWork_IsAConflict()
    {
        await EnqueueAsync(Sample.Work(1), Sample.Work(2));
        await AssertRefusedAsync(new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(3))] }, ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(2))] }, ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(
            new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(2), Sample.Now)] },
            ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(
            new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(2), DeadAt: Sample.Now)] },
            ClaimCommitStatus.VersionConflict);

        await SettleAsync(new SettledWork(Sample.WorkId(1)));

        await AssertRefusedAsync(new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(1))] }, ClaimCommitStatus.VersionConflict);
        Assert.Null(await Store.FindWorkAsync(Sample.WorkId(1), default));
    }

    /// <summary>Work may be settled by a worker whose lease ran out, as long as it is there.</summary>
    [Contract(SettleRules, Where = "ClaimCommit.Settled; ClaimCommitStatus.VersionConflict")]
    public async Task Settle_AfterTheLeaseRanOut_IsCommittedOnce()
    {
        await EnqueueAsync(Sample.Work(1));
        await LeaseWorkAsync(Sample.Now);
        await LeaseWorkAsync(Sample.Now + Sample.Minute);

        await SettleAsync(new SettledWork(Sample.WorkId(1)));

        await AssertRefusedAsync(new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(1))] }, ClaimCommitStatus.VersionConflict);
        Assert.Empty(await LeaseWorkAsync(Sample.Now + (5 * Sample.Minute)));
    }

    /// <summary>The end of one piece of work and the begin of the next are one commit.</summary>
    [Contract("A commit settles work and causes work together.", Where = "ClaimCommit.Settled; ClaimCommit.Work")]
    public async Task Settle_WithNewWorkAndAClaim_WritesAll()
    {
        var claim = Sample.Claim();
        await PutAsync(new ClaimCommit { Claims = [claim], Work = [Sample.Work(1)] });

        await PutAsync(new ClaimCommit
        {
            Claims = [claim.Next(ClaimStatus.Verified)],
            Events = [Sample.Event(claim.Next(ClaimStatus.Verified))],
            Settled = [new SettledWork(Sample.WorkId(1))],
            Work = [Sample.Work(2)],
        });

        Assert.Null(await Store.FindWorkAsync(Sample.WorkId(1), default));
        FieldList.AssertSame(claim.Next(ClaimStatus.Verified), await Store.FindAsync(claim.Id, default));
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now));
    }

    /// <summary>Finished work of many queues may be settled in one commit.</summary>
    [Contract("A commit settles any number of heads.", Where = "ClaimCommit.Settled")]
    public async Task Settle_HeadsOfSeveralQueues_AreAllSettled()
    {
        await EnqueueAsync(Sample.Work(1, "a.example"), Sample.Work(2, "b.example"));
        await EnqueueAsync(Sample.Work(3, "c.example"), Sample.Work(4, "a.example"));

        await SettleAsync(
            new SettledWork(Sample.WorkId(1)),
            new SettledWork(Sample.WorkId(2), Sample.Now + Sample.Minute),
            new SettledWork(Sample.WorkId(3), DeadAt: Sample.Now));

        Assert.Equal([4], await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(4)));
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now + Sample.Minute));
    }

    private Task EnqueueAsync(params ClaimWork[] work) => PutAsync(new ClaimCommit { Work = work });

    private Task SettleAsync(params SettledWork[] settled) => PutAsync(new ClaimCommit { Settled = settled });

    private async Task<List<int>> LeaseWorkAsync(DateTimeOffset now, int maximum = 10) =>
        [.. (await Store.LeaseWorkAsync(Sample.Lease(now, maximum), default)).Select(Sample.NumberOf)];
}
