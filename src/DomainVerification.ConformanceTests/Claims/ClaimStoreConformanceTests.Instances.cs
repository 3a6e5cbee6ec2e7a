using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string LaterReads = "Whatever was committed is found by every later read, of any instance.";

    /// <summary>What one instance wrote, another one reads.</summary>
    [Contract(LaterReads, Where = "IClaimStore")]
    public async Task Reopened_Store_SaysWhatTheFirstSaid()
    {
        Require(StoreCapability.SeveralInstances);
        var held = await HeldAsync(1, "ann", 3);
        await PutAsync(new ClaimCommit
        {
            Claims = [ExtremeSample.Claim],
            Events = [ExtremeSample.Event, Sample.Event(held)],
            Work = [ExtremeSample.Work, Sample.Work(1), Sample.Work(2)],
        });
        await SettleAsync(new SettledWork(Sample.WorkId(1), Error: Hopeless, DeadAt: Sample.Now));
        var before = await SnapshotAsync();

        var reopened = await ReopenAsync();

        Assert.Equal(before, await SnapshotAsync(reopened));
    }

    /// <summary>Versions, holdings and epochs hold between instances.</summary>
    [Contract("The promises of the store hold for all instances together.", Where = "IClaimStore; ClaimCommitStatus")]
    public async Task Reopened_Store_RefusesWhatTheFirstWouldRefuse()
    {
        Require(StoreCapability.SeveralInstances);
        var ann = await HeldAsync(1, "ann", 3);
        var bob = await VerifiedAsync(2, "bob");
        var reopened = await ReopenAsync();

        Assert.Equal(ClaimCommitStatus.AlreadyHeld, await CommitOnAsync(bob.Next(ClaimStatus.Claimed, 4)));
        Assert.Equal(ClaimCommitStatus.VersionConflict, await CommitOnAsync(ann with { Attempts = 1 }));
        Assert.Equal(ClaimCommitStatus.Committed, await CommitOnAsync(ann.Next(ClaimStatus.Released)));
        Assert.Equal(ClaimCommitStatus.VersionConflict, await CommitAsync(bob.Next(ClaimStatus.Claimed, 3)));
        Assert.Equal(ClaimCommitStatus.VersionConflict, await CommitAsync(ann.Next(ClaimStatus.Verified)));
        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(bob.Next(ClaimStatus.Claimed, 4)));

        async Task<ClaimCommitStatus> CommitOnAsync(DomainClaim claim) =>
            await reopened.CommitAsync(new ClaimCommit { Claims = [claim] }, default);
    }

    /// <summary>Leases and queues hold between instances.</summary>
    [Contract(
        "However many workers lease at the same time, each item goes to one of them.",
        Where = "IClaimStore.LeaseDueClaimsAsync; IClaimStore.LeaseWorkAsync")]
    public async Task Reopened_Store_KnowsTheLeasesOfTheFirst()
    {
        Require(StoreCapability.SeveralInstances);
        await AddDueAsync(1, Sample.Now);
        await EnqueueAsync(Sample.Work(1), Sample.Work(2));
        Assert.Equal([1], await LeaseDueAsync(Sample.Now));
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
        var reopened = await ReopenAsync();

        Assert.Empty(await reopened.LeaseDueClaimsAsync(Sample.Lease(Sample.Now), default));
        Assert.Empty(await reopened.LeaseWorkAsync(Sample.Lease(Sample.Now), default));
        var later = Sample.Lease(Sample.Now + Sample.Minute);
        Assert.Single(await reopened.LeaseDueClaimsAsync(later, default));
        Assert.Equal(1, Sample.NumberOf(Assert.Single(await reopened.LeaseWorkAsync(later, default))));
        Assert.Equal(
            ClaimCommitStatus.Committed,
            await reopened.CommitAsync(new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(1))] }, default));
        Assert.Equal([2], await LeaseWorkAsync(Sample.Now));
    }

    /// <summary>A store that was put away says so.</summary>
    [Contract(
        "Calls on a store that was disposed end with an ObjectDisposedException.",
        Where = "StoreCapability.ThrowsAfterDisposal; IDisposable")]
    public async Task EveryCall_AfterDisposal_Throws()
    {
        Require(StoreCapability.ThrowsAfterDisposal);
        if (Store is not (IDisposable or IAsyncDisposable))
        {
            throw new ContractSkippedException($"{Store.GetType().Name} is not disposable.");
        }

        await DisposeOfAsync(Store);
        await DisposeOfAsync(Store);

        await AssertEachThrowsAsync<ObjectDisposedException>(Calls(default));
    }
}
