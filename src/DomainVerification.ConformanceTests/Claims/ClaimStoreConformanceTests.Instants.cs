using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string Precision = "Instants are kept to the millisecond or finer.";

    /// <summary>Milliseconds are kept.</summary>
    [Contract(Precision, Where = "IClaimStore")]
    public async Task Instants_OfWholeMilliseconds_AreKept()
    {
        foreach (var milliseconds in (int[])[1, 10, 499, 500, 501, 999])
        {
            var at = Sample.Now + (milliseconds * Sample.Millisecond);
            var domain = $"name-{milliseconds}.example";
            var claim = Sample.Claim(milliseconds, "ann", domain) with
            {
                DueAt = at,
                CreatedAt = at,
                ModifiedAt = at,
                Transfer = TransferAt(at),
                Health = HealthAt(at),
            };
            var work = Sample.Work(milliseconds, domain) with { DueAt = at, CreatedAt = at };
            await PutAsync(new ClaimCommit { Claims = [claim], Events = [Sample.Event(claim) with { At = at }], Work = [work] });

            FieldList.AssertSame(claim, await Store.FindAsync(claim.Id, default));
            FieldList.AssertSame(Sample.Event(claim) with { At = at }, Assert.Single(await Store.ListEventsAsync(claim.Id, default)));
            FieldList.AssertSame(work, await Store.FindWorkAsync(work.Id, default));
        }
    }

    /// <summary>What is a millisecond apart is apart.</summary>
    [Contract(Precision, Where = "IClaimStore; LeaseRequest.Now")]
    public async Task Instants_OneMillisecondApart_AreOrdered()
    {
        foreach (var number in (int[])[3, 1, 2])
        {
            await AddDueAsync(number, Sample.Now + (number * Sample.Millisecond));
            await EnqueueAsync(Sample.Work(number, $"name-{number}.example") with { DueAt = Sample.Now + (number * Sample.Millisecond) });
        }

        Assert.Empty(await LeaseDueAsync(Sample.Now));
        Assert.Empty(await LeaseWorkAsync(Sample.Now));
        Assert.Equal([1, 2], await LeaseDueAsync(Sample.Now + (2 * Sample.Millisecond)));
        Assert.Equal([1, 2], await LeaseWorkAsync(Sample.Now + (2 * Sample.Millisecond)));
        Assert.Equal([3], await LeaseDueAsync(Sample.Now + (3 * Sample.Millisecond)));
        Assert.Equal([3], await LeaseWorkAsync(Sample.Now + (3 * Sample.Millisecond)));
    }

    /// <summary>An instant is an instant, in whatever offset it is written.</summary>
    [Contract("What counts of an instant is the instant, whatever offset it came with.", Where = "IClaimStore")]
    public async Task Instants_WithAnOffset_AreTheSameInstants()
    {
        var at = Sample.Now.ToOffset(TimeSpan.FromHours(2));
        var claim = Sample.Claim() with { DueAt = at, CreatedAt = at, ModifiedAt = at, Transfer = TransferAt(at), Health = HealthAt(at) };
        var work = Sample.Work(1) with { DueAt = at, CreatedAt = at };
        await PutAsync(new ClaimCommit { Claims = [claim], Events = [Sample.Event(claim) with { At = at }], Work = [work] });
        await AddDueAsync(2, Sample.Now + Sample.Millisecond);

        FieldList.AssertSame(claim, await Store.FindAsync(claim.Id, default));
        FieldList.AssertSame(Sample.Event(claim), Assert.Single(await Store.ListEventsAsync(claim.Id, default)));
        FieldList.AssertSame(work, await Store.FindWorkAsync(work.Id, default));
        Assert.Empty((await Store.ListWorkAsync(new WorkQuery { After = new WorkCursor(at, work.Id) }, default)).Work);
        Assert.Equal([1], await LeaseDueAsync(at));
        Assert.Empty(await LeaseDueAsync(at));
        Assert.Equal([1], await LeaseWorkAsync(at));
    }

    /// <summary>Instants far from today are kept and ordered.</summary>
    [Contract(Precision, Where = "IClaimStore")]
    public async Task Instants_FarFromToday_AreKeptAndOrdered()
    {
        DateTimeOffset[] instants =
        [
            new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new(2038, 1, 20, 0, 0, 0, TimeSpan.Zero),
            new(2199, 12, 31, 23, 59, 59, 999, TimeSpan.Zero),
        ];
        for (var number = 1; number <= instants.Length; number++)
        {
            var claim = await AddDueAsync(number, instants[number - 1]);
            FieldList.AssertSame(claim, await Store.FindAsync(claim.Id, default));
        }

        Assert.Equal([1], await LeaseDueAsync(Sample.Now));
        Assert.Equal([2, 1], (await LeaseDueAsync(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero))).OrderDescending());
        Assert.Equal([3], (await LeaseDueAsync(instants[2])).Except([1, 2]));
    }

    private static ClaimTransfer TransferAt(DateTimeOffset at) => new()
    {
        State = TransferState.Rejected,
        OpenedAt = at,
        Until = at,
        Verdict = new TransferVerdict(ClaimActor.System, at, null),
        Holder = new TransferHolder(
            Sample.Id(9),
            1,
            new HolderActivity { LastUsedAt = at },
            new ClaimCheck(at, ProofOutcome.Proved, ProofDiagnosisCodes.Proved),
            ExtremeSample.Evidence with { ObservedAt = at }),
    };

    private static ClaimHealth HealthAt(DateTimeOffset at) => new(ProofHealth.AtRisk, at, 2, at);
}
