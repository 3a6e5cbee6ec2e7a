using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

/// <summary>Claims that hold from their first version on, as those of a holder do who gets a domain back.</summary>
public abstract partial class ClaimStoreConformanceTests
{
    private const string NewHolder = "A new claim may hold at once, with an epoch above all earlier ones of the (profile, domain).";

    /// <summary>A free domain goes to a new claim that holds at once, and the fence holds for it too.</summary>
    [Contract(NewHolder, Where = "DomainClaim.Epoch; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_NewClaimThatHoldsAtOnce_NeedsAFreshEpoch()
    {
        var ann = await HeldAsync(1, "ann", 5);
        await PutAsync(ann.Next(ClaimStatus.Released));
        var restored = Sample.Claim(2, "ann").OfGeneration(2) with { Status = ClaimStatus.Provisioning };

        foreach (var epoch in (long[])[0, 4, 5])
        {
            await AssertRefusedAsync(new ClaimCommit { Claims = [restored with { Epoch = epoch }] }, ClaimCommitStatus.VersionConflict);
        }

        await PutAsync(restored with { Epoch = 6 });
        FieldList.AssertSame(
            new DomainHolding(6, restored with { Epoch = 6 }),
            await Store.FindHoldingAsync(string.Empty, ann.Domain, default));
    }

    /// <summary>A new claim takes a domain from the present holder in one commit, and in no other way.</summary>
    [Contract(NewHolder, Where = "DomainClaim.Epoch; ClaimCommit.Claims; ClaimCommitStatus")]
    public async Task Commit_NewClaimThatTakesTheDomainOver_NeedsAFreshEpochAndTheEndOfTheHolder()
    {
        var ann = await HeldAsync(1, "ann", 5);
        var bob = await VerifiedAsync(2, "bob");
        await PutAsync(ann.Next(ClaimStatus.Released), bob = bob.Next(ClaimStatus.Claimed, 6));
        var restored = Sample.Claim(3, "ann").OfGeneration(2) with { Status = ClaimStatus.Claimed };
        var ended = bob.Next(ClaimStatus.Released);

        foreach (var epoch in (long[])[0, 5, 6])
        {
            var stale = restored with { Epoch = epoch };
            await AssertRefusedAsync(new ClaimCommit { Claims = [ended, stale] }, ClaimCommitStatus.VersionConflict);
            await AssertRefusedAsync(new ClaimCommit { Claims = [stale, ended] }, ClaimCommitStatus.VersionConflict);
        }

        await AssertRefusedAsync(new ClaimCommit { Claims = [restored with { Epoch = 7 }] }, ClaimCommitStatus.AlreadyHeld);

        var holds = restored with { Epoch = 7 };
        await PutAsync(new ClaimCommit
        {
            Claims = [holds, ended],
            Events = [Sample.Event(holds, ClaimEventTypes.Restored), Sample.Event(ended, ClaimEventTypes.Released)],
            Work = [Sample.Work(1) with { Kind = ClaimWorkKind.Release, Epoch = 6 }, Sample.Work(2) with { Epoch = 7 }],
        });

        FieldList.AssertSame(new DomainHolding(7, holds), await Store.FindHoldingAsync(string.Empty, ann.Domain, default));
        FieldList.AssertSame(ended, await Store.FindAsync(bob.Id, default));
        Assert.Equal(ClaimEventTypes.Restored, Assert.Single(await Store.ListEventsAsync(holds.Id, default)).Type);
        Assert.Equal([1], await LeaseWorkAsync(Sample.Now));
    }

    /// <summary>Of those who would give one domain back at the same time, one does.</summary>
    [Contract(OneHolder, Where = "IClaimStore; ClaimCommitStatus.AlreadyHeld")]
    public async Task Commit_ManyNewClaimsThatHoldAtOnce_OneIsWritten()
    {
        var stores = await InstancesAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (domain, first) = ($"name-{round}.example", 1000 * (round + 1));
            var statuses = await Concurrent.RunAsync(ParallelCallers, async caller => await stores[caller % stores.Length].CommitAsync(
                new ClaimCommit
                {
                    // Half of them have an epoch of their own: the fence alone does not keep them apart.
                    Claims =
                    [
                        Sample.Claim(first + caller, $"owner-{caller}", domain) with
                        {
                            Status = ClaimStatus.Claimed,
                            Epoch = caller % 2 == 0 ? 1 : caller + 1,
                        },
                    ],
                },
                default));

            Assert.Single(statuses, ClaimCommitStatus.Committed);
            Assert.Single((await Store.ListAsync(new ClaimQuery { Domain = Sample.Name(domain) }, default)).Claims);
        }
    }
}
