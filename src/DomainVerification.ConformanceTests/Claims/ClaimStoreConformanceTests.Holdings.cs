using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string OneHolder = "At most one claim holds a (profile, domain) where the claim is exclusive.";
    private const string EpochsRise = "A claim that comes to hold has an epoch above all earlier ones of the (profile, domain).";

    /// <summary>A second holder is refused, whether the first is claimed or on its way.</summary>
    [Contract(OneHolder, Where = "IClaimStore; ClaimCommitStatus.AlreadyHeld")]
    public async Task Commit_SecondHolder_IsAlreadyHeld()
    {
        var ann = await HeldAsync(1, "ann", 1, ClaimStatus.Provisioning);
        var bob = await VerifiedAsync(2, "bob");
        await AssertRefusedAsync(new ClaimCommit { Claims = [bob.Next(ClaimStatus.Claimed, 2)] }, ClaimCommitStatus.AlreadyHeld);

        await PutAsync(ann.Next(ClaimStatus.Claimed));

        await AssertRefusedAsync(new ClaimCommit { Claims = [bob.Next(ClaimStatus.Claimed, 2)] }, ClaimCommitStatus.AlreadyHeld);
        await AssertRefusedAsync(new ClaimCommit { Claims = [bob.Next(ClaimStatus.Provisioning, 2)] }, ClaimCommitStatus.AlreadyHeld);
    }

    /// <summary>A new claim that holds at once is a second holder too.</summary>
    [Contract(OneHolder, Where = "IClaimStore; ClaimCommitStatus.AlreadyHeld")]
    public async Task Commit_NewClaimThatHoldsBesideAnother_IsAlreadyHeld()
    {
        await HeldAsync(1, "ann", 1);

        await AssertRefusedAsync(
            new ClaimCommit { Claims = [Sample.Claim(2, "bob") with { Status = ClaimStatus.Claimed, Epoch = 2 }] },
            ClaimCommitStatus.AlreadyHeld);
    }

    /// <summary>Two holders in one commit are one too many.</summary>
    [Contract(OneHolder, Where = "IClaimStore; ClaimCommitStatus.AlreadyHeld")]
    public async Task Commit_TwoHoldersAtOnce_IsAlreadyHeld()
    {
        var ann = await VerifiedAsync(1, "ann");
        var bob = await VerifiedAsync(2, "bob");

        await AssertRefusedAsync(
            new ClaimCommit { Claims = [ann.Next(ClaimStatus.Claimed, 1), bob.Next(ClaimStatus.Claimed, 2)] },
            ClaimCommitStatus.AlreadyHeld);
    }

    /// <summary>A holding of another profile or domain is no hindrance.</summary>
    [Contract("Exclusivity is that of a (profile, domain).", Where = "DomainExclusivity.OneHolder")]
    public async Task Commit_HolderOfAnotherProfileOrDomain_IsCommitted()
    {
        await HeldAsync(1, "ann", 1);
        var other = Sample.Claim(2, "bob") with { Profile = "other", Status = ClaimStatus.Claimed, Epoch = 1 };
        var elsewhere = Sample.Claim(3, "bob", "other.example") with { Status = ClaimStatus.Claimed, Epoch = 1 };

        await PutAsync(other);
        await PutAsync(elsewhere);

        FieldList.AssertSame(new DomainHolding(1, other), await Store.FindHoldingAsync("other", other.Domain, default));
        FieldList.AssertSame(new DomainHolding(1, elsewhere), await Store.FindHoldingAsync(string.Empty, elsewhere.Domain, default));
    }

    /// <summary>Claims that are not proved, or do not hold, keep nobody out.</summary>
    [Contract(
        "Only holding excludes: pending, verified and ended claims of others block nothing.",
        Where = "ClaimStatus; ClaimCommitStatus.AlreadyHeld")]
    public async Task Commit_ManyClaimsThatDoNotHold_BlockNoHolder()
    {
        ClaimStatus[] others = [.. Enum.GetValues<ClaimStatus>().Where(status => !status.Holds)];
        await PutAsync([.. others.Select((status, number) => Sample.Claim(10 + number, $"owner-{number}") with { Status = status })]);
        var ann = await VerifiedAsync(1, "ann");
        FieldList.AssertSame(DomainHolding.None, await Store.FindHoldingAsync(string.Empty, ann.Domain, default));

        await PutAsync(ann.Next(ClaimStatus.Claimed, 1));

        await PutAsync(Sample.Claim(2, "bob"));
        await PutAsync(Sample.Claim(2, "bob").Next(ClaimStatus.Verified));
    }

    /// <summary>Holders may stand beside each other where both share, and nowhere else.</summary>
    [Contract("A second holder is refused where either claim is exclusive.", Where = "ClaimCommitStatus.AlreadyHeld; DomainExclusivity")]
    public async Task Commit_HolderBesideAnother_IsAllowedWhereBothShare()
    {
        DomainExclusivity[] both = [DomainExclusivity.OneHolder, DomainExclusivity.Shared];
        var number = 1;
        foreach (var (first, second) in both.SelectMany(first => both.Select(second => (first, second))))
        {
            var domain = $"name-{number}.example";
            var ann = Sample.Claim(number++, "ann", domain) with { Exclusivity = first, Status = ClaimStatus.Claimed, Epoch = 1 };
            var bob = Sample.Claim(number++, "bob", domain) with { Exclusivity = second, Status = ClaimStatus.Verified };
            await PutAsync(ann, bob);
            var shared = first == DomainExclusivity.Shared && second == DomainExclusivity.Shared;

            var status = await CommitAsync(bob.Next(ClaimStatus.Claimed, 2));

            Assert.True(
                status == (shared ? ClaimCommitStatus.Committed : ClaimCommitStatus.AlreadyHeld),
                $"A {second} claim beside a {first} holder gave {status}.");
            var holding = await Store.FindHoldingAsync(string.Empty, ann.Domain, default);
            FieldList.AssertSame(new DomainHolding(shared ? 2 : 1, first == DomainExclusivity.OneHolder ? ann : null), holding);
        }
    }

    /// <summary>An exclusive claim waits until the last of those who share is gone.</summary>
    [Contract("A second holder is refused where either claim is exclusive.", Where = "ClaimCommitStatus.AlreadyHeld; DomainExclusivity")]
    public async Task Commit_ExclusiveHolderBesideSeveralThatShare_WaitsForTheLast()
    {
        var ann = await HeldAsync(1, "ann", 1, exclusivity: DomainExclusivity.Shared);
        var bob = await HeldAsync(2, "bob", 2, exclusivity: DomainExclusivity.Shared);
        var cyd = await VerifiedAsync(3, "cyd");
        await PutAsync(ann.Next(ClaimStatus.Revoked));
        await AssertRefusedAsync(new ClaimCommit { Claims = [cyd.Next(ClaimStatus.Claimed, 3)] }, ClaimCommitStatus.AlreadyHeld);

        await PutAsync(cyd.Next(ClaimStatus.Claimed, 3), bob.Next(ClaimStatus.Released));

        FieldList.AssertSame(
            new DomainHolding(3, cyd.Next(ClaimStatus.Claimed, 3)),
            await Store.FindHoldingAsync(string.Empty, cyd.Domain, default));
    }

    /// <summary>A takeover is one commit, in whatever order it names the claims.</summary>
    [Contract(
        "A holder that the commit ends is no hindrance; what counts is who holds once the commit is written.",
        Where = "ClaimCommitStatus.AlreadyHeld")]
    public async Task Commit_Takeover_IsCommittedInEitherOrder()
    {
        var ann = await HeldAsync(1, "ann", 1);
        var bob = await VerifiedAsync(2, "bob");
        var (released, holds) = (ann.Next(ClaimStatus.Released), bob.Next(ClaimStatus.Claimed, 2));
        await PutAsync(new ClaimCommit
        {
            Claims = [holds, released],
            Events = [Sample.Event(holds, ClaimEventTypes.Claimed), Sample.Event(released, ClaimEventTypes.Released)],
            Work = [Sample.Work(1) with { Kind = ClaimWorkKind.Release, Epoch = 1 }, Sample.Work(2)],
        });
        FieldList.AssertSame(new DomainHolding(2, holds), await Store.FindHoldingAsync(string.Empty, ann.Domain, default));
        Assert.Equal(ClaimEventTypes.Released, Assert.Single(await Store.ListEventsAsync(ann.Id, default)).Type);
        Assert.Equal([1, 2], (await Store.ListWorkAsync(new WorkQuery(), default)).Work.Select(Sample.NumberOf));

        var cyd = await VerifiedAsync(3, "cyd");
        await PutAsync(holds.Next(ClaimStatus.Released), cyd.Next(ClaimStatus.Claimed, 3));

        FieldList.AssertSame(
            new DomainHolding(3, cyd.Next(ClaimStatus.Claimed, 3)),
            await Store.FindHoldingAsync(string.Empty, ann.Domain, default));
    }

    /// <summary>The holder is told as it is now.</summary>
    [Contract("FindHoldingAsync tells who holds the domain now.", Where = "IClaimStore.FindHoldingAsync; DomainHolding.Holder")]
    public async Task FindHolding_HolderChangesOrEnds_IsTold()
    {
        var ann = await HeldAsync(1, "ann", 1, ClaimStatus.Provisioning);
        FieldList.AssertSame(new DomainHolding(1, ann), await Store.FindHoldingAsync(string.Empty, ann.Domain, default));

        await PutAsync(ann.Next(ClaimStatus.Claimed));
        FieldList.AssertSame(
            new DomainHolding(1, ann.Next(ClaimStatus.Claimed)),
            await Store.FindHoldingAsync(string.Empty, ann.Domain, default));

        await PutAsync(ann.Next().Next(ClaimStatus.Verified));
        FieldList.AssertSame(new DomainHolding(1, null), await Store.FindHoldingAsync(string.Empty, ann.Domain, default));
    }

    /// <summary>An epoch is not used twice, also where nobody holds the domain any more.</summary>
    [Contract(EpochsRise, Where = "DomainClaim.Epoch; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_EpochOfANewHolding_MustBeAboveAllBefore()
    {
        var ann = await HeldAsync(1, "ann", 5);
        await PutAsync(ann.Next(ClaimStatus.Released));
        Assert.Equal(5, (await Store.FindHoldingAsync(string.Empty, ann.Domain, default)).Epoch);
        var bob = await VerifiedAsync(2, "bob");

        await AssertRefusedAsync(new ClaimCommit { Claims = [bob.Next(ClaimStatus.Claimed, 4)] }, ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(new ClaimCommit { Claims = [bob.Next(ClaimStatus.Claimed, 5)] }, ClaimCommitStatus.VersionConflict);
        await PutAsync(bob.Next(ClaimStatus.Claimed, 6));
    }

    /// <summary>A claim that holds once more needs an epoch above its own former one.</summary>
    [Contract(EpochsRise, Where = "DomainClaim.Epoch; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_SameClaimHoldsOnceMore_NeedsAHigherEpoch()
    {
        var ann = await HeldAsync(1, "ann", 5);
        await PutAsync(ann.Next(ClaimStatus.Verified));

        await AssertRefusedAsync(new ClaimCommit { Claims = [ann.Next().Next(ClaimStatus.Claimed)] }, ClaimCommitStatus.VersionConflict);
        await PutAsync(ann.Next().Next(ClaimStatus.Claimed, 6));
    }

    /// <summary>Two that share get an epoch each.</summary>
    [Contract(EpochsRise, Where = "DomainClaim.Epoch; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_TwoHoldingsOfOneEpoch_AreAConflict()
    {
        var ann = await VerifiedAsync(1, "ann", DomainExclusivity.Shared);
        var bob = await VerifiedAsync(2, "bob", DomainExclusivity.Shared);
        await AssertRefusedAsync(
            new ClaimCommit { Claims = [ann.Next(ClaimStatus.Claimed, 1), bob.Next(ClaimStatus.Claimed, 1)] },
            ClaimCommitStatus.VersionConflict);

        await PutAsync(ann.Next(ClaimStatus.Claimed, 1));

        await AssertRefusedAsync(new ClaimCommit { Claims = [bob.Next(ClaimStatus.Claimed, 1)] }, ClaimCommitStatus.VersionConflict);
    }

    /// <summary>A holder that changes and goes on holding keeps its epoch.</summary>
    [Contract("A claim gets a new epoch when it comes to hold, and keeps it while it holds.", Where = "DomainClaim.Epoch")]
    public async Task Commit_HolderChangesWithoutEndingItsHolding_KeepsItsEpoch()
    {
        var ann = await HeldAsync(1, "ann", 3, ClaimStatus.Provisioning);

        await PutAsync(ann.Next(ClaimStatus.Claimed));
        await PutAsync(ann.Next(ClaimStatus.Claimed).Next());

        Assert.Equal(3, (await Store.FindHoldingAsync(string.Empty, ann.Domain, default)).Epoch);
    }
}
