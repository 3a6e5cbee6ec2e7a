using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private static readonly DomainVerificationError Hopeless = new("account_locked", "No way.");

    /// <summary>A dead letter is kept, waits for nobody and is leased by nobody.</summary>
    [Contract(
        "Dead letters are never leased and hold up nothing; they are kept until somebody replays or discards them.",
        Where = "IClaimStore.LeaseWorkAsync; ClaimWork.DeadAt")]
    public async Task Settle_AsADeadLetter_KeepsTheWorkAndFreesItsQueue()
    {
        await EnqueueAsync(Sample.Work(1), Sample.Work(2));
        await LeaseWorkAsync(Sample.Now);
        var deadAt = Sample.Now + Sample.Millisecond;

        await SettleAsync(new SettledWork(Sample.WorkId(1), Error: Hopeless, DeadAt: deadAt));

        var dead = Sample.Work(1) with { Attempts = 1, LastError = Hopeless, DeadAt = deadAt };
        FieldList.AssertSame(dead, await Store.FindWorkAsync(Sample.WorkId(1), default));
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(2)));
        Assert.Empty(await LeaseWorkAsync(Sample.Now + TimeSpan.FromDays(1000)));
        FieldList.AssertSame(dead, await Store.FindWorkAsync(Sample.WorkId(1), default));
    }

    /// <summary>A dead letter pulls nothing forward, and new work pulls it not.</summary>
    [Contract("Dead letters stand in no queue.", Where = "IClaimStore.LeaseWorkAsync; ClaimWork.DeadAt")]
    public async Task Commit_WorkBesideADeadLetter_IsAQueueOfItsOwn()
    {
        await DeadAsync(1);
        await EnqueueAsync(Sample.Work(2) with { DueAt = Sample.Now + Sample.Minute });

        Assert.Equal(Sample.Now, (await Store.FindWorkAsync(Sample.WorkId(1), default))!.DueAt);
        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now + Sample.Minute));
    }

    /// <summary>A replay begins at the end of the queue, its tries counted anew.</summary>
    [Contract(
        "A replayed dead letter goes to the end of its queue, its tries counted from 0.",
        Where = "ReplayedWork")]
    public async Task Replay_DeadLetter_GoesToTheEndOfItsQueue()
    {
        await DeadAsync(1);
        await EnqueueAsync(Sample.Work(2), Sample.Work(3));

        await ReplayAsync(1, Sample.Now);

        var replayed = (await Store.FindWorkAsync(Sample.WorkId(1), default))!;
        Assert.Equal((0, null, Sample.Now), (replayed.Attempts, replayed.DeadAt, replayed.DueAt));
        foreach (var number in (int[])[2, 3, 1])
        {
            Assert.Equal([number], await LeaseWorkAsync(Sample.Now));
            await SettleAsync(new SettledWork(Sample.WorkId(number)));
        }

        Assert.Null(await Store.FindWorkAsync(Sample.WorkId(1), default));
    }

    /// <summary>A replay into an empty queue is done when it is due, whatever lease the letter died under.</summary>
    [Contract("A replayed dead letter is done at the DueAt of the replay.", Where = "ReplayedWork.DueAt")]
    public async Task Replay_IntoAnEmptyQueue_IsLeasedWhenDue()
    {
        await DeadAsync(1);

        await ReplayAsync(1, Sample.Now + TimeSpan.FromSeconds(1));

        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now + TimeSpan.FromSeconds(1)));
    }

    /// <summary>A replay pulls the head of its queue forward, as new work does.</summary>
    [Contract(BringForward, Where = "IClaimStore.LeaseWorkAsync")]
    public async Task Replay_BehindAHeadThatIsFarAway_BringsTheHeadForward()
    {
        await DeadAsync(1);
        await EnqueueAsync(Sample.Work(2) with { DueAt = Sample.Now + TimeSpan.FromDays(1) });

        await ReplayAsync(1, Sample.Now);

        Assert.Equal(Sample.Now, (await Store.FindWorkAsync(Sample.WorkId(2), default))!.DueAt);
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now));
    }

    /// <summary>What waits in its queue cannot be replayed.</summary>
    [Contract(
        "Replayed work that is no dead letter refuses the commit.",
        Where = "ClaimCommit.Replayed; ClaimCommitStatus.VersionConflict")]
    public async Task Replay_WorkThatIsNoDeadLetter_IsAConflict()
    {
        await DeadAsync(1);
        await ReplayAsync(1, Sample.Now);

        foreach (var number in (int[])[1, 9])
        {
            await AssertRefusedAsync(
                new ClaimCommit { Replayed = [new ReplayedWork(Sample.WorkId(number), Sample.Now)] },
                ClaimCommitStatus.VersionConflict);
        }
    }

    /// <summary>A dead letter is discarded as finished work is.</summary>
    [Contract("A dead letter is discarded by settling it as finished.", Where = "ClaimCommit.Settled")]
    public async Task Settle_DeadLetterAsFinished_DiscardsIt()
    {
        await DeadAsync(1);
        await EnqueueAsync(Sample.Work(2));

        await SettleAsync(new SettledWork(Sample.WorkId(1)));

        Assert.Null(await Store.FindWorkAsync(Sample.WorkId(1), default));
        Assert.Empty((await Store.ListWorkAsync(new WorkQuery { IsDead = true }, default)).Work);
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now));
        await AssertRefusedAsync(new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(1))] }, ClaimCommitStatus.VersionConflict);
    }

    /// <summary>A dead letter can be finished and nothing else.</summary>
    [Contract(
        "Settled work that is a dead letter must be finished; a retry or a second death refuses the commit.",
        Where = "ClaimCommitStatus.VersionConflict")]
    public async Task Settle_DeadLetterAsAnythingElse_IsAConflict()
    {
        await DeadAsync(1);

        await AssertRefusedAsync(
            new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(1), Sample.Now)] },
            ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(
            new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(1), DeadAt: Sample.Now)] },
            ClaimCommitStatus.VersionConflict);
    }

    private async Task DeadAsync(int number)
    {
        await EnqueueAsync(Sample.Work(number));
        await LeaseWorkAsync(Sample.Now);
        await SettleAsync(new SettledWork(Sample.WorkId(number), Error: Hopeless, DeadAt: Sample.Now));
    }

    private Task ReplayAsync(int number, DateTimeOffset dueAt) =>
        PutAsync(new ClaimCommit { Replayed = [new ReplayedWork(Sample.WorkId(number), dueAt)] });
}
