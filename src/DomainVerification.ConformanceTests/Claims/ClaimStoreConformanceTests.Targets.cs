using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

/// <summary>The queues of one domain: one for each target.</summary>
public abstract partial class ClaimStoreConformanceTests
{
    private const string Independent = "Work waits for earlier work of its own target, and for no other target of its (profile, domain).";
    private const string OwnTarget = "A commit that adds or replays work brings the head of that queue forward, and leaves those of other targets alone.";

    /// <summary>Each target has a head of its own, and targets are compared ordinally.</summary>
    [Contract(Independent, Where = "IClaimStore.LeaseWorkAsync; ClaimWork.Target")]
    public async Task LeaseWork_OtherTargetsOfTheDomain_DoNotWait()
    {
        await EnqueueAsync(
            Sample.Work(1),
            Of("mail", 2),
            Of("mail", 3),
            Sample.Work(4),
            Of("MAIL", 5),
            Of("mail ", 6),
            Of("m%il", 7),
            Of("ma\u0131l", 8));

        Assert.Equal([1, 2, 5, 6, 7, 8], (await LeaseWorkAsync(Sample.Now)).Order());
        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(2)));
        Assert.Equal([3], await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(1)), new SettledWork(Sample.WorkId(3)));
        Assert.Equal([4], await LeaseWorkAsync(Sample.Now));
    }

    /// <summary>The work of a target is in the order of the commits, whatever it does and whoever caused it.</summary>
    [Contract(QueueOrder, Where = "IClaimStore.LeaseWorkAsync; ClaimWork.Target")]
    public async Task LeaseWork_OneTarget_IsInOrderWhateverItsKindAndItsClaim()
    {
        var earlier = Sample.Now - Sample.Minute;
        await EnqueueAsync(
            Of("mail", 5) with { Kind = ClaimWorkKind.Release, Epoch = 9 },
            Of("hook", 9) with { Kind = ClaimWorkKind.Notify },
            Of("mail", 3) with { Kind = ClaimWorkKind.Provision, CreatedAt = earlier, DueAt = earlier });
        await EnqueueAsync(
            Of("hook", 2) with { Kind = ClaimWorkKind.Notify, ClaimId = Sample.Id(7), Owner = "bob" },
            Of("mail", 1) with { Kind = ClaimWorkKind.Notify, ClaimId = Sample.Id(8), Owner = "cyd", CreatedAt = earlier });

        foreach (var (mail, hook) in ((int, int?)[])[(5, 9), (3, 2), (1, null)])
        {
            int[] heads = hook is { } number ? [mail, number] : [mail];
            Assert.Equal(heads.Order(), (await LeaseWorkAsync(Sample.Now)).Order());
            await SettleAsync([.. heads.Select(head => new SettledWork(Sample.WorkId(head)))]);
        }

        Assert.Empty((await Store.ListWorkAsync(new WorkQuery(), default)).Work);
    }

    /// <summary>What is not the head of its own target cannot be settled.</summary>
    [Contract(SettleRules, Where = "ClaimCommit.Settled; ClaimWork.Target; ClaimCommitStatus.VersionConflict")]
    public async Task Settle_HeadOfOneTargetOnly_IsCommitted()
    {
        await EnqueueAsync(Sample.Work(1), Of("mail", 2), Of("mail", 3));

        await AssertRefusedAsync(new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(3))] }, ClaimCommitStatus.VersionConflict);
        await SettleAsync(new SettledWork(Sample.WorkId(2)));
        await SettleAsync(new SettledWork(Sample.WorkId(3)));

        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
    }

    /// <summary>A retry holds up its own target and no other.</summary>
    [Contract(Independent, Where = "IClaimStore.LeaseWorkAsync; ClaimWork.Target")]
    public async Task LeaseWork_RetryOfOneTarget_HoldsUpNoOther()
    {
        await EnqueueAsync(Of("mail", 1), Of("hook", 2), Of("mail", 3), Of("hook", 4));
        await LeaseWorkAsync(Sample.Now);
        await SettleAsync(new SettledWork(Sample.WorkId(1), Sample.Now + Sample.Minute, Hopeless), new SettledWork(Sample.WorkId(2)));

        Assert.Equal([4], await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(4)));
        await EnqueueAsync(Of("hook", 5));
        Assert.Equal([5], await LeaseWorkAsync(Sample.Now));
        Assert.Equal([1, 5], (await LeaseWorkAsync(Sample.Now + Sample.Minute)).Order());
    }

    /// <summary>A dead letter frees its own target, and its replay goes to the end of that.</summary>
    [Contract(
        "Dead letters hold up nothing, and a replayed one goes to the end of the queue of its own target.",
        Where = "ReplayedWork; ClaimWork.Target; ClaimWork.DeadAt")]
    public async Task Replay_DeadLetterOfOneTarget_GoesToTheEndOfItsOwnQueue()
    {
        await EnqueueAsync(Of("mail", 1), Of("hook", 2), Of("mail", 3), Of("hook", 4));
        await LeaseWorkAsync(Sample.Now);
        await SettleAsync(new SettledWork(Sample.WorkId(1), Error: Hopeless, DeadAt: Sample.Now));
        Assert.Equal([3], await LeaseWorkAsync(Sample.Now));

        await ReplayAsync(1, Sample.Now);

        await SettleAsync(new SettledWork(Sample.WorkId(3)));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(2)));
        Assert.Equal([4], await LeaseWorkAsync(Sample.Now));
        Assert.Equal("mail", (await Store.FindWorkAsync(Sample.WorkId(1), default))!.Target);
    }

    /// <summary>A replay into an empty queue begins it, whatever waits in others.</summary>
    [Contract(Independent, Where = "ReplayedWork; ClaimWork.Target")]
    public async Task Replay_IntoAnEmptyQueueBesideOthers_IsLeasedWhenDue()
    {
        await EnqueueAsync(Of("mail", 1), Of("hook", 2) with { DueAt = Sample.Now + TimeSpan.FromDays(1) });
        await LeaseWorkAsync(Sample.Now);
        await SettleAsync(new SettledWork(Sample.WorkId(1), Error: Hopeless, DeadAt: Sample.Now));

        await ReplayAsync(1, Sample.Now);

        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
    }

    /// <summary>New work pulls the head of its own target forward.</summary>
    [Contract(OwnTarget, Where = "IClaimStore.LeaseWorkAsync; ClaimWork.Target")]
    public async Task Commit_WorkDueBeforeTheHeads_BringsOnlyThatOfItsTargetForward()
    {
        var later = Sample.Now + TimeSpan.FromDays(1);
        await EnqueueAsync(Of("mail", 1) with { DueAt = later }, Of("hook", 2) with { DueAt = later }, Sample.Work(3) with { DueAt = later });

        await EnqueueAsync(Of("mail", 4));

        Assert.Equal([Sample.Now, later, later, Sample.Now], await DueAtAsync(1, 2, 3, 4));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
        await SettleAsync(new SettledWork(Sample.WorkId(1)));
        Assert.Equal([4], await LeaseWorkAsync(Sample.Now));
        Assert.Equal([2, 3], (await LeaseWorkAsync(later)).Except([4]).Order());
    }

    /// <summary>Work of several targets in one commit pulls each head by its own due time.</summary>
    [Contract(OwnTarget, Where = "IClaimStore.LeaseWorkAsync; ClaimWork.Target")]
    public async Task Commit_WorkOfSeveralTargets_BringsEachHeadForwardToItsOwn()
    {
        var later = Sample.Now + TimeSpan.FromDays(1);
        var soon = Sample.Now + Sample.Minute;
        await EnqueueAsync(Of("mail", 1) with { DueAt = later }, Of("hook", 2) with { DueAt = later }, Of("pager", 3) with { DueAt = later });

        await EnqueueAsync(
            Of("mail", 4) with { DueAt = soon },
            Of("hook", 5) with { DueAt = later + Sample.Minute },
            Of("fax", 6) with { DueAt = soon },
            Of("mail", 7) with { DueAt = Sample.Now },
            Of("pager", 8) with { DueAt = soon });

        Assert.Equal([Sample.Now, later, soon], await DueAtAsync(1, 2, 3));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
        Assert.Equal([3, 6], (await LeaseWorkAsync(soon)).Except([1]).Order());
        Assert.Equal([2], (await LeaseWorkAsync(later)).Except([1, 3, 6]));
    }

    /// <summary>A replay pulls the head of its own target forward.</summary>
    [Contract(OwnTarget, Where = "IClaimStore.LeaseWorkAsync; ReplayedWork")]
    public async Task Replay_BesideHeadsThatAreFarAway_BringsOnlyThatOfItsTargetForward()
    {
        var later = Sample.Now + TimeSpan.FromDays(1);
        await EnqueueAsync(Of("mail", 1));
        await LeaseWorkAsync(Sample.Now);
        await SettleAsync(new SettledWork(Sample.WorkId(1), Error: Hopeless, DeadAt: Sample.Now));
        await EnqueueAsync(Of("mail", 2) with { DueAt = later }, Of("hook", 3) with { DueAt = later }, Sample.Work(4) with { DueAt = later });

        await ReplayAsync(1, Sample.Now);

        Assert.Equal([Sample.Now, later, later], await DueAtAsync(2, 3, 4));
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now));
    }

    private static ClaimWork Of(string target, int number) => Sample.Work(number) with { Target = target };

    private async Task<List<DateTimeOffset>> DueAtAsync(params int[] numbers)
    {
        var found = new List<DateTimeOffset>();
        foreach (var number in numbers)
        {
            found.Add((await Store.FindWorkAsync(Sample.WorkId(number), default))!.DueAt);
        }

        return found;
    }
}
