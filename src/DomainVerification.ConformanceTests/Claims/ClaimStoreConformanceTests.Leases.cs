using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string LongestWaitingFirst =
        "The longest waiting is leased first: waiting since it is due or, where a lease ran out unused, since then.";

    /// <summary>What is due is leased, the longest due first, up to the maximum.</summary>
    [Contract(LongestWaitingFirst, Where = "IClaimStore.LeaseDueClaimsAsync; LeaseRequest")]
    public async Task LeaseDueClaims_LongestDueFirst_UpToTheMaximum()
    {
        await AddDueAsync(1, Sample.Now);
        await AddDueAsync(2, Sample.Now - Sample.Minute);
        await AddDueAsync(3, Sample.Now - TimeSpan.FromHours(1));
        await AddDueAsync(4, Sample.Now + Sample.Millisecond);
        await AddDueAsync(5, null);

        Assert.Equal([3, 2], await LeaseDueAsync(Sample.Now, 2));
        Assert.Equal([1], await LeaseDueAsync(Sample.Now, 2));
        Assert.Empty(await LeaseDueAsync(Sample.Now, 2));
        Assert.Equal([4], await LeaseDueAsync(Sample.Now + Sample.Millisecond, 2));
    }

    /// <summary>A claim that is due is leased in whatever status it is.</summary>
    [Contract(
        "Claims are leased whose DueAt has come; nothing else matters.",
        Where = "IClaimStore.LeaseDueClaimsAsync; DomainClaim.DueAt")]
    public async Task LeaseDueClaims_AnyStatus_IsLeased()
    {
        var claims = Enum.GetValues<ClaimStatus>()
            .Select((status, number) => Sample.Claim(number + 1, "ann", $"name-{number}.example") with
            {
                Status = status,
                Epoch = 1,
                DueAt = Sample.Now + (number * Sample.Millisecond),
            })
            .ToArray();
        await PutAsync(claims);

        var leased = await Store.LeaseDueClaimsAsync(Sample.Lease(Sample.Now + Sample.Minute, 100), default);

        FieldList.AssertSame(claims, leased.ToArray());
    }

    /// <summary>A lease that ran out frees the claim.</summary>
    [Contract(
        "A leased claim is not leased again until the lease runs out; leases that ended by Now are void.",
        Where = "IClaimStore.LeaseDueClaimsAsync; LeaseRequest.Now")]
    public async Task LeaseDueClaims_LeaseEnds_IsLeasedAgain()
    {
        await AddDueAsync(1, Sample.Now);
        for (var now = Sample.Now; now < Sample.Now + (3 * Sample.Minute); now += Sample.Minute)
        {
            Assert.Equal([1], await LeaseDueAsync(now));
            Assert.Empty(await LeaseDueAsync(now + Sample.Minute - Sample.Millisecond));
        }
    }

    /// <summary>A lease is no change of the claim.</summary>
    [Contract(
        "A lease leaves the claim as it is: its version, its DueAt, all of it.",
        Where = "IClaimStore.LeaseDueClaimsAsync; DomainClaim.Version")]
    public async Task LeaseDueClaims_Leased_ClaimIsAsItWas()
    {
        var claim = await AddDueAsync(1, Sample.Now);

        FieldList.AssertSame(claim, Assert.Single(await Store.LeaseDueClaimsAsync(Sample.Lease(Sample.Now), default)));

        FieldList.AssertSame(claim, await Store.FindAsync(claim.Id, default));
        await PutAsync(claim.Next());
    }

    /// <summary>A change of the claim ends the lease.</summary>
    [Contract("A commit that changes the claim ends its lease.", Where = "IClaimStore.LeaseDueClaimsAsync")]
    public async Task LeaseDueClaims_CommitChangesTheClaim_EndsItsLease()
    {
        var claim = await AddDueAsync(1, Sample.Now);
        await LeaseDueAsync(Sample.Now);

        await PutAsync(claim.Next());

        Assert.Equal([1], await LeaseDueAsync(Sample.Now));
    }

    /// <summary>A refused change ends no lease.</summary>
    [Contract("A commit that is refused changes nothing, and no lease.", Where = "IClaimStore.LeaseDueClaimsAsync; ClaimCommitStatus")]
    public async Task LeaseDueClaims_RefusedCommit_EndsNoLease()
    {
        var claim = await AddDueAsync(1, Sample.Now);
        await LeaseDueAsync(Sample.Now);

        await AssertRefusedAsync(new ClaimCommit { Claims = [claim with { Version = 9 }] }, ClaimCommitStatus.VersionConflict);

        Assert.Empty(await LeaseDueAsync(Sample.Now));
    }

    /// <summary>The newest DueAt counts.</summary>
    [Contract("A claim is due at the DueAt of its newest state, and never where that is null.", Where = "DomainClaim.DueAt")]
    public async Task LeaseDueClaims_DueAtMoves_IsLeasedByTheNewOne()
    {
        var claim = await AddDueAsync(1, Sample.Now);
        await PutAsync(claim = claim.Next() with { DueAt = Sample.Now + Sample.Minute });
        Assert.Empty(await LeaseDueAsync(Sample.Now));
        Assert.Equal([1], await LeaseDueAsync(Sample.Now + Sample.Minute));

        await PutAsync(claim = claim.Next() with { DueAt = null });
        Assert.Empty(await LeaseDueAsync(Sample.Now + TimeSpan.FromDays(1000)));

        await PutAsync(claim.Next() with { DueAt = Sample.Now - Sample.Minute });
        Assert.Equal([1], await LeaseDueAsync(Sample.Now));
    }

    /// <summary>A claim that is leased and never changed does not keep the others from their turn.</summary>
    [Contract(LongestWaitingFirst, Where = "IClaimStore.LeaseDueClaimsAsync")]
    public async Task LeaseDueClaims_UnusedLease_GoesToTheBack()
    {
        await AddDueAsync(1, Sample.Now - (3 * Sample.Minute));
        await AddDueAsync(2, Sample.Now - (2 * Sample.Minute));
        await AddDueAsync(3, Sample.Now - Sample.Minute);
        var served = new List<int>();
        for (var now = Sample.Now; now < Sample.Now + (6 * Sample.Minute); now += Sample.Minute)
        {
            served.AddRange(await LeaseDueAsync(now, 1));
        }

        Assert.Equal([1, 2, 3, 1, 2, 3], served);
    }

    /// <summary>Work is leased, the longest due first, up to the maximum.</summary>
    [Contract(LongestWaitingFirst, Where = "IClaimStore.LeaseWorkAsync; LeaseRequest")]
    public async Task LeaseWork_LongestDueFirst_UpToTheMaximum()
    {
        await EnqueueAsync(
            Sample.Work(1, "a.example"),
            Sample.Work(2, "b.example") with { DueAt = Sample.Now - Sample.Minute },
            Sample.Work(3, "c.example") with { DueAt = Sample.Now - TimeSpan.FromHours(1) },
            Sample.Work(4, "d.example") with { DueAt = Sample.Now + Sample.Millisecond });

        Assert.Equal([3, 2], await LeaseWorkAsync(Sample.Now, 2));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now, 2));
        Assert.Empty(await LeaseWorkAsync(Sample.Now, 2));
        Assert.Equal([4], await LeaseWorkAsync(Sample.Now + Sample.Millisecond, 2));
    }

    /// <summary>Work that is leased and never settled does not keep other queues from their turn.</summary>
    [Contract(LongestWaitingFirst, Where = "IClaimStore.LeaseWorkAsync")]
    public async Task LeaseWork_UnusedLease_GoesToTheBack()
    {
        await EnqueueAsync(
            Sample.Work(1, "a.example") with { DueAt = Sample.Now - (3 * Sample.Minute) },
            Sample.Work(2, "b.example") with { DueAt = Sample.Now - (2 * Sample.Minute) },
            Sample.Work(3, "c.example") with { DueAt = Sample.Now - Sample.Minute });
        var served = new List<int>();
        for (var now = Sample.Now; now < Sample.Now + (6 * Sample.Minute); now += Sample.Minute)
        {
            served.AddRange(await LeaseWorkAsync(now, 1));
        }

        Assert.Equal([1, 2, 3, 1, 2, 3], served);
    }

    private async Task<DomainClaim> AddDueAsync(int number, DateTimeOffset? dueAt)
    {
        var claim = Sample.Claim(number, "ann", $"name-{number}.example") with { DueAt = dueAt };
        await PutAsync(claim);
        return claim;
    }

    private async Task<List<int>> LeaseDueAsync(DateTimeOffset now, int maximum = 10) =>
        [.. (await Store.LeaseDueClaimsAsync(Sample.Lease(now, maximum), default)).Select(Sample.NumberOf)];
}
