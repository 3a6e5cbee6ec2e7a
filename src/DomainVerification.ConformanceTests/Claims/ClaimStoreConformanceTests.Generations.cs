using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string GenerationsRise = "The generations of an owner's claims to a (profile, domain) only rise.";
    private const string OneLiveClaim = "At most one claim of a (profile, owner, domain) is live.";

    /// <summary>An owner has one live claim to a domain.</summary>
    [Contract(OneLiveClaim, Where = "ClaimStatusExtensions.IsLive; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_SecondLiveClaimOfTheOwner_IsAConflict()
    {
        await PutAsync(Sample.Claim());

        await AssertRefusedAsync(new ClaimCommit { Claims = [Sample.Claim(2).OfGeneration(2)] }, ClaimCommitStatus.VersionConflict);
        await PutAsync(Sample.Claim(3, "bob"));
        await PutAsync(Sample.Claim(4, "ann", "other.example"));
        await PutAsync(Sample.Claim(5) with { Profile = "other" });
    }

    /// <summary>Two claims of one owner in one commit are rivals too.</summary>
    [Contract(OneLiveClaim, Where = "ClaimStatusExtensions.IsLive; ClaimCommitStatus.VersionConflict")]
    public Task Commit_TwoLiveClaimsOfTheOwnerAtOnce_IsAConflict() => AssertRefusedAsync(
        new ClaimCommit { Claims = [Sample.Claim(1), Sample.Claim(2).OfGeneration(2)] },
        ClaimCommitStatus.VersionConflict);

    /// <summary>A commit may end a claim and make the next one.</summary>
    [Contract(
        "A claim that the commit ends is no rival of one that it makes; the newest is the one with the highest generation.",
        Where = "IClaimStore.FindNewestAsync; ClaimCommit.Claims")]
    public async Task Commit_NewClaimThatEndsTheOldOne_IsCommittedAndNewest()
    {
        var old = Sample.Claim(9);
        await PutAsync(old);
        var renewed = Sample.Claim(2).OfGeneration(2);
        await PutAsync(renewed, old.Next(ClaimStatus.Expired));
        FieldList.AssertSame(renewed, await Store.FindNewestAsync(string.Empty, "ann", old.Domain, default));

        var again = Sample.Claim(5).OfGeneration(3);
        await PutAsync(renewed.Next(ClaimStatus.Canceled), again);

        FieldList.AssertSame(again, await Store.FindNewestAsync(string.Empty, "ann", old.Domain, default));
        FieldList.AssertSame(old.Next(ClaimStatus.Expired), await Store.FindAsync(old.Id, default));
    }

    /// <summary>A change of an old claim does not make it the newest.</summary>
    [Contract("The newest claim is the one with the highest generation, live or ended.", Where = "IClaimStore.FindNewestAsync")]
    public async Task FindNewest_OldClaimChangesLater_IsStillTheOneOfTheHighestGeneration()
    {
        var old = Sample.Claim(9);
        await PutAsync(old);
        var earlier = Sample.Now - Sample.Minute;
        var newest = Sample.Claim(2).OfGeneration(2) with { CreatedAt = earlier, ModifiedAt = earlier };
        await PutAsync(old.Next(ClaimStatus.Canceled), newest);
        await PutAsync(newest.Next(ClaimStatus.Canceled));

        await PutAsync(old.Next(ClaimStatus.Canceled).Next() with { ModifiedAt = Sample.Now + Sample.Minute });

        FieldList.AssertSame(newest.Next(ClaimStatus.Canceled), await Store.FindNewestAsync(string.Empty, "ann", old.Domain, default));
    }

    /// <summary>A request that was slow does not bring a dead token back.</summary>
    [Contract(GenerationsRise, Where = "IClaimStore; Challenge.Generation; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_GenerationNotAboveTheNewest_IsAConflict()
    {
        var old = Sample.Claim().OfGeneration(3);
        await PutAsync(old);
        await PutAsync(old.Next(ClaimStatus.Canceled));

        foreach (var generation in (int[])[0, 1, 2, 3])
        {
            await AssertRefusedAsync(
                new ClaimCommit { Claims = [Sample.Claim(2).OfGeneration(generation)] },
                ClaimCommitStatus.VersionConflict);
        }

        await PutAsync(Sample.Claim(2).OfGeneration(4));
    }

    /// <summary>A rotation counts: what matters is the newest generation, not the first.</summary>
    [Contract(GenerationsRise, Where = "IClaimStore; Challenge.Generation; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_GenerationThatARotationUsed_IsAConflict()
    {
        var old = Sample.Claim();
        await PutAsync(old);
        await PutAsync(old.Next().OfGeneration(4));
        await PutAsync(old.Next().Next(ClaimStatus.Canceled).OfGeneration(4));

        await AssertRefusedAsync(new ClaimCommit { Claims = [Sample.Claim(2).OfGeneration(2)] }, ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(new ClaimCommit { Claims = [Sample.Claim(2).OfGeneration(4)] }, ClaimCommitStatus.VersionConflict);
        await PutAsync(Sample.Claim(2).OfGeneration(5));
    }

    /// <summary>What the commit itself makes of the old claim counts.</summary>
    [Contract(GenerationsRise, Where = "IClaimStore; Challenge.Generation; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_GenerationThatThisCommitRotatesTo_IsAConflict()
    {
        var old = Sample.Claim();
        await PutAsync(old);
        var ended = old.Next(ClaimStatus.Expired).OfGeneration(2);

        await AssertRefusedAsync(new ClaimCommit { Claims = [ended, Sample.Claim(2).OfGeneration(2)] }, ClaimCommitStatus.VersionConflict);
        await PutAsync(ended, Sample.Claim(2).OfGeneration(3));
    }

    /// <summary>A claim that ended does not come back beside a live one.</summary>
    [Contract(OneLiveClaim, Where = "ClaimStatusExtensions.IsLive; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_EndedClaimComesBackBesideALiveOne_IsAConflict()
    {
        var old = Sample.Claim();
        await PutAsync(old);
        await PutAsync(old.Next(ClaimStatus.Canceled), Sample.Claim(2).OfGeneration(2));

        await AssertRefusedAsync(
            new ClaimCommit { Claims = [old.Next().Next(ClaimStatus.Pending)] },
            ClaimCommitStatus.VersionConflict);
    }

    /// <summary>A claim that is live again is a rival, though it is not the newest.</summary>
    [Contract(OneLiveClaim, Where = "ClaimStatusExtensions.IsLive; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_NewClaimBesideAnOldOneThatCameBack_IsAConflict()
    {
        var old = Sample.Claim();
        await PutAsync(old);
        var newest = Sample.Claim(2).OfGeneration(2);
        await PutAsync(old.Next(ClaimStatus.Canceled), newest);
        await PutAsync(newest.Next(ClaimStatus.Canceled));
        await PutAsync(old.Next().Next(ClaimStatus.Pending));

        await AssertRefusedAsync(new ClaimCommit { Claims = [Sample.Claim(3).OfGeneration(3)] }, ClaimCommitStatus.VersionConflict);
        FieldList.AssertSame(newest.Next(ClaimStatus.Canceled), await Store.FindNewestAsync(string.Empty, "ann", old.Domain, default));
    }

    /// <summary>A rotation makes a claim the newest.</summary>
    [Contract("The newest claim is the one with the highest generation, live or ended.", Where = "IClaimStore.FindNewestAsync")]
    public async Task FindNewest_OldClaimIsRotated_IsTheOneOfTheHighestGeneration()
    {
        var old = Sample.Claim();
        await PutAsync(old);
        await PutAsync(old.Next(ClaimStatus.Canceled), Sample.Claim(2).OfGeneration(2) with { Status = ClaimStatus.Canceled });
        var rotated = old.Next().Next(ClaimStatus.Pending).OfGeneration(3);

        await PutAsync(rotated);

        FieldList.AssertSame(rotated, await Store.FindNewestAsync(string.Empty, "ann", old.Domain, default));
    }

    /// <summary>A claim that waits for a person is live.</summary>
    [Contract(
        "A claim in review is live: its owner makes no second claim to the (profile, domain) beside it.",
        Where = "ClaimStatusExtensions.IsLive; ClaimStatus.InReview; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_NewClaimBesideOneInReview_IsAConflict()
    {
        var inReview = (await VerifiedAsync(1, "ann")).Next(ClaimStatus.InReview);
        await PutAsync(inReview);

        await AssertRefusedAsync(new ClaimCommit { Claims = [Sample.Claim(2).OfGeneration(2)] }, ClaimCommitStatus.VersionConflict);
        await PutAsync(Sample.Claim(3, "bob"));
        await PutAsync(inReview.Next(ClaimStatus.Claimed, 1));
        await AssertRefusedAsync(new ClaimCommit { Claims = [Sample.Claim(2).OfGeneration(2)] }, ClaimCommitStatus.VersionConflict);
    }

    /// <summary>A claim that a person rejected has ended, and its generation is used.</summary>
    [Contract(
        "A rejected claim has ended: its owner may claim again, with a generation above it.",
        Where = "ClaimStatusExtensions.IsLive; ClaimStatus.Rejected; Challenge.Generation")]
    public async Task Commit_NewClaimAfterARejectedOne_NeedsAHigherGeneration()
    {
        var inReview = (await VerifiedAsync(1, "ann")).Next(ClaimStatus.InReview).OfGeneration(3);
        await PutAsync(inReview);
        await PutAsync(inReview.Next(ClaimStatus.Rejected));

        await AssertRefusedAsync(new ClaimCommit { Claims = [Sample.Claim(2).OfGeneration(2)] }, ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(new ClaimCommit { Claims = [Sample.Claim(2).OfGeneration(3)] }, ClaimCommitStatus.VersionConflict);
        await PutAsync(Sample.Claim(2).OfGeneration(4));
        FieldList.AssertSame(
            Sample.Claim(2).OfGeneration(4),
            await Store.FindNewestAsync(string.Empty, "ann", inReview.Domain, default));
    }
}
