namespace DomainVerification.Tests.Claims;

/// <summary>The promises of <see cref="IClaimStore"/> about claims and events, on the store that keeps them in memory.</summary>
public class InMemoryClaimStoreTests
{
    private static readonly DateTimeOffset Now = ClaimSamples.Now;

    private readonly InMemoryClaimStore _store = new();

    [Fact]
    public async Task Commit_NewClaim_IsFoundByEveryRead()
    {
        var claim = ClaimSamples.Pending();

        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(claim));

        Assert.Equal(claim, await _store.FindAsync(claim.Id, default));
        Assert.Equal(claim, await _store.FindNewestAsync("", "ann", claim.Domain, default));
        Assert.Equal(claim, Assert.Single((await _store.ListAsync(new ClaimQuery(), default)).Claims));
        Assert.Equal(DomainHolding.None, await _store.FindHoldingAsync("", claim.Domain, default));
    }

    [Fact]
    public async Task Find_Unknown_IsNull()
    {
        Assert.Null(await _store.FindAsync(ClaimSamples.Id(9), default));
        Assert.Null(await _store.FindNewestAsync("", "ann", ClaimSamples.Pending().Domain, default));
        Assert.Empty(await _store.ListEventsAsync(ClaimSamples.Id(9), default));
        Assert.Empty((await _store.ListAsync(new ClaimQuery { Owner = "ann" }, default)).Claims);
    }

    [Theory]
    [InlineData("ANN", "")]
    [InlineData("ann ", "")]
    [InlineData("ann", "other")]
    public async Task FindNewest_OtherSpellingOfOwnerOrProfile_IsAnotherOwner(string owner, string profile)
    {
        var claim = ClaimSamples.Pending();
        await CommitAsync(claim);

        Assert.Null(await _store.FindNewestAsync(profile, owner, claim.Domain, default));
        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(ClaimSamples.Pending(2, owner) with { Profile = profile }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Commit_VersionThatDoesNotFollow_IsAConflictAndWritesNothing(int version)
    {
        var claim = ClaimSamples.Pending();
        await CommitAsync(claim);
        await CommitAsync(claim.Next());
        var before = await _store.SnapshotAsync();

        Assert.Equal(ClaimCommitStatus.VersionConflict, await CommitAsync(claim with { Version = version, Owner = "ann", Attempts = 9 }));

        Assert.Equal(before, await _store.SnapshotAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Commit_NewClaimOfAnotherVersionThanOne_IsAConflict(int version) =>
        Assert.Equal(ClaimCommitStatus.VersionConflict, await CommitAsync(ClaimSamples.Pending() with { Version = version }));

    [Fact]
    public async Task Commit_SecondLiveClaimOfTheOwner_IsAConflict()
    {
        await CommitAsync(ClaimSamples.Pending());

        Assert.Equal(
            ClaimCommitStatus.VersionConflict,
            await CommitAsync(ClaimSamples.Pending(2) with { Challenge = ClaimSamples.Challenge(2) }));
        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(ClaimSamples.Pending(3, "bob")));
        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(ClaimSamples.Pending(4, "ann", "other.example")));
    }

    [Fact]
    public async Task Commit_TwoLiveClaimsOfTheOwnerAtOnce_IsAConflict()
    {
        Assert.Equal(ClaimCommitStatus.VersionConflict, await CommitAsync(ClaimSamples.Pending(1), ClaimSamples.Pending(2)));
        Assert.Empty((await _store.ListAsync(new ClaimQuery(), default)).Claims);
    }

    [Fact]
    public async Task Commit_NewClaimThatEndsTheOldOne_IsCommittedAndNewest()
    {
        var old = ClaimSamples.Pending();
        await CommitAsync(old);
        var renewed = ClaimSamples.Pending(2) with { Challenge = ClaimSamples.Challenge(2) };

        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(old.Next(ClaimStatus.Expired), renewed));

        Assert.Equal(renewed, await _store.FindNewestAsync("", "ann", old.Domain, default));
    }

    [Theory]
    [InlineData(2, ClaimCommitStatus.VersionConflict)]
    [InlineData(3, ClaimCommitStatus.VersionConflict)]
    [InlineData(4, ClaimCommitStatus.Committed)]
    public async Task Commit_GenerationOfANewClaim_MustBeAboveTheNewestOne(int generation, ClaimCommitStatus expected)
    {
        var old = ClaimSamples.Pending() with { Challenge = ClaimSamples.Challenge(3) };
        await CommitAsync(old);
        await CommitAsync(old.Next(ClaimStatus.Canceled));
        var before = await _store.SnapshotAsync();

        Assert.Equal(expected, await CommitAsync(ClaimSamples.Pending(2) with { Challenge = ClaimSamples.Challenge(generation) }));

        Assert.Equal(expected == ClaimCommitStatus.VersionConflict, before == await _store.SnapshotAsync());
    }

    [Fact]
    public async Task Commit_NewClaimOfTheGenerationThatThisCommitRotatesTo_IsAConflict()
    {
        var old = ClaimSamples.Pending();
        await CommitAsync(old);
        var ended = old.Next(ClaimStatus.Expired) with { Challenge = ClaimSamples.Challenge(2) };

        Assert.Equal(
            ClaimCommitStatus.VersionConflict,
            await CommitAsync(ended, ClaimSamples.Pending(2) with { Challenge = ClaimSamples.Challenge(2) }));
    }

    [Fact]
    public async Task Commit_EndedClaimComesBackBesideALiveOne_IsAConflict()
    {
        var old = ClaimSamples.Pending();
        await CommitAsync(old);
        await CommitAsync(old.Next(ClaimStatus.Canceled), ClaimSamples.Pending(2) with { Challenge = ClaimSamples.Challenge(2) });
        Assert.Equal(2, (await _store.ListAsync(new ClaimQuery(), default)).Claims.Count);

        Assert.Equal(ClaimCommitStatus.VersionConflict, await CommitAsync(old.Next().Next(ClaimStatus.Pending)));
    }

    [Fact]
    public async Task Commit_SameClaimTwice_IsAConflict()
    {
        var claim = ClaimSamples.Pending();
        Assert.Equal(ClaimCommitStatus.VersionConflict, await CommitAsync(claim, claim));
        Assert.Null(await _store.FindAsync(claim.Id, default));
    }

    [Theory]
    [InlineData(ClaimStatus.Provisioning)]
    [InlineData(ClaimStatus.Claimed)]
    public async Task Commit_SecondHolder_IsAlreadyHeldAndWritesNothing(ClaimStatus holds)
    {
        await HeldAsync(1, "ann", 1, holds);
        var bob = await VerifiedAsync(2, "bob");
        var before = await _store.SnapshotAsync();

        Assert.Equal(ClaimCommitStatus.AlreadyHeld, await CommitAsync(bob.Next(ClaimStatus.Claimed, 2)));

        Assert.Equal(before, await _store.SnapshotAsync());
    }

    [Fact]
    public async Task Commit_EndOfOneHoldingAndBeginOfAnother_IsCommittedInEitherOrder()
    {
        var ann = await HeldAsync(1, "ann", 1);
        var bob = await VerifiedAsync(2, "bob");

        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(bob.Next(ClaimStatus.Claimed, 2), ann.Next(ClaimStatus.Released)));

        var holding = await _store.FindHoldingAsync("", bob.Domain, default);
        Assert.Equal((2L, bob.Id), (holding.Epoch, holding.Holder!.Id));
    }

    [Fact]
    public async Task Commit_TwoHoldersAtOnce_IsAlreadyHeld()
    {
        var ann = await VerifiedAsync(1, "ann");
        var bob = await VerifiedAsync(2, "bob");

        Assert.Equal(
            ClaimCommitStatus.AlreadyHeld,
            await CommitAsync(ann.Next(ClaimStatus.Claimed, 1), bob.Next(ClaimStatus.Claimed, 2)));
    }

    [Theory]
    [InlineData(DomainExclusivity.OneHolder, DomainExclusivity.OneHolder, ClaimCommitStatus.AlreadyHeld)]
    [InlineData(DomainExclusivity.OneHolder, DomainExclusivity.Shared, ClaimCommitStatus.AlreadyHeld)]
    [InlineData(DomainExclusivity.Shared, DomainExclusivity.OneHolder, ClaimCommitStatus.AlreadyHeld)]
    [InlineData(DomainExclusivity.Shared, DomainExclusivity.Shared, ClaimCommitStatus.Committed)]
    public async Task Commit_HolderBesideAnother_IsAllowedWhereBothShare(
        DomainExclusivity first,
        DomainExclusivity second,
        ClaimCommitStatus expected)
    {
        await HeldAsync(1, "ann", 1, exclusivity: first);
        var bob = await VerifiedAsync(2, "bob", second);

        Assert.Equal(expected, await CommitAsync(bob.Next(ClaimStatus.Claimed, 2)));
    }

    [Theory]
    [InlineData("other", "acme.example")]
    [InlineData("", "other.example")]
    public async Task Commit_HolderOfAnotherProfileOrDomain_IsCommitted(string profile, string domain)
    {
        await HeldAsync(1, "ann", 1);
        var bob = ClaimSamples.Pending(2, "bob", domain) with { Profile = profile };
        await CommitAsync(bob);
        await CommitAsync(bob.Next(ClaimStatus.Verified));

        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(bob.Next().Next(ClaimStatus.Claimed, 1)));
    }

    [Theory]
    [InlineData(5, ClaimCommitStatus.VersionConflict)]
    [InlineData(4, ClaimCommitStatus.VersionConflict)]
    [InlineData(6, ClaimCommitStatus.Committed)]
    public async Task Commit_EpochOfANewHolding_MustBeAboveAllBefore(long epoch, ClaimCommitStatus expected)
    {
        var ann = await HeldAsync(1, "ann", 5);
        await CommitAsync(ann.Next(ClaimStatus.Released));
        Assert.Equal(5, (await _store.FindHoldingAsync("", ann.Domain, default)).Epoch);
        var bob = await VerifiedAsync(2, "bob");

        Assert.Equal(expected, await CommitAsync(bob.Next(ClaimStatus.Claimed, epoch)));
    }

    [Fact]
    public async Task Commit_TwoHoldingsOfOneEpochAtOnce_IsAConflict()
    {
        var ann = await VerifiedAsync(1, "ann", DomainExclusivity.Shared);
        var bob = await VerifiedAsync(2, "bob", DomainExclusivity.Shared);

        Assert.Equal(
            ClaimCommitStatus.VersionConflict,
            await CommitAsync(ann.Next(ClaimStatus.Claimed, 1), bob.Next(ClaimStatus.Claimed, 1)));
    }

    [Fact]
    public async Task Commit_HolderChangesWithoutEndingItsHolding_KeepsItsEpoch()
    {
        var ann = await HeldAsync(1, "ann", 3, ClaimStatus.Provisioning);

        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(ann.Next(ClaimStatus.Claimed)));
        Assert.Equal(3, (await _store.FindHoldingAsync("", ann.Domain, default)).Epoch);
    }

    [Fact]
    public async Task Commit_OneStaleClaimAmongGoodOnes_WritesNothingAtAll()
    {
        var ann = ClaimSamples.Pending();
        await CommitAsync(ann);
        var before = await _store.SnapshotAsync();
        var commit = new ClaimCommit
        {
            Claims = [ClaimSamples.Pending(2, "bob"), ann.Next() with { Version = 7 }],
            Events = [EventOf(ann, 2)],
            Work = [InMemoryWorkTests.Work(1)],
        };

        Assert.Equal(ClaimCommitStatus.VersionConflict, await _store.CommitAsync(commit, default));

        Assert.Equal(before, await _store.SnapshotAsync());
        Assert.Empty(await _store.LeaseWorkAsync(new LeaseRequest(Now, TimeSpan.FromMinutes(1), 10), default));
    }

    [Fact]
    public async Task Commit_ThatTheCallerGotWrong_ThrowsAndWritesNothing()
    {
        var ann = ClaimSamples.Pending();
        var known = InMemoryWorkTests.Work(1);
        await _store.CommitAsync(new ClaimCommit { Claims = [ann], Work = [known] }, default);
        var before = await _store.SnapshotAsync();
        ClaimCommit[] wrong =
        [
            new() { Claims = [ann.Next()], Events = [EventOf(ClaimSamples.Pending(9), 1)] },
            new() { Claims = [ann.Next()], Work = [known] },
            new() { Claims = [ann.Next()], Work = [InMemoryWorkTests.Work(2), InMemoryWorkTests.Work(2)] },
        ];

        foreach (var commit in wrong)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => _store.CommitAsync(commit, default).AsTask());
            Assert.Equal(before, await _store.SnapshotAsync());
        }

        Assert.Equal(known, Assert.Single(await _store.LeaseWorkAsync(new LeaseRequest(Now, TimeSpan.FromMinutes(1), 10), default)));
    }

    [Fact]
    public async Task ListEvents_SeveralCommits_AreInTheirOrder()
    {
        var claim = ClaimSamples.Pending();
        await _store.CommitAsync(new ClaimCommit { Claims = [claim], Events = [EventOf(claim, 1)] }, default);
        await _store.CommitAsync(new ClaimCommit { Claims = [claim.Next()], Events = [EventOf(claim, 2)] }, default);

        Assert.Equal([1L, 2L], (await _store.ListEventsAsync(claim.Id, default)).Select(entry => entry.ClaimVersion));
    }

    [Fact]
    public async Task EveryCall_CancelledToken_ThrowsAndWritesNothing()
    {
        var claim = ClaimSamples.Pending();
        var token = new CancellationToken(true);
        var lease = new LeaseRequest(Now, TimeSpan.FromMinutes(1), 1);
        Func<Task>[] calls =
        [
            () => _store.FindAsync(claim.Id, token).AsTask(),
            () => _store.FindNewestAsync("", "ann", claim.Domain, token).AsTask(),
            () => _store.FindHoldingAsync("", claim.Domain, token).AsTask(),
            () => _store.ListAsync(new ClaimQuery(), token).AsTask(),
            () => _store.ListEventsAsync(claim.Id, token).AsTask(),
            () => _store.LeaseDueClaimsAsync(lease, token).AsTask(),
            () => _store.LeaseWorkAsync(lease, token).AsTask(),
            () => _store.CommitAsync(new ClaimCommit { Claims = [claim] }, token).AsTask(),
        ];

        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        }

        Assert.Null(await _store.FindAsync(claim.Id, default));
    }

    [Fact]
    public async Task Commit_ThirtyTwoWritersOfOneClaim_EachVersionIsWrittenOnce()
    {
        var claim = ClaimSamples.Pending();
        await CommitAsync(claim);

        var written = await Concurrently.RunAsync(32, async _ =>
        {
            var won = 0;
            for (var i = 0; i < 200; i++)
            {
                var read = (await _store.FindAsync(claim.Id, default))!;
                won += await CommitAsync(read.Next()) == ClaimCommitStatus.Committed ? 1 : 0;
            }

            return won;
        });

        Assert.Equal(written.Sum() + 1, (await _store.FindAsync(claim.Id, default))!.Version);
    }

    [Fact]
    public async Task Commit_ThirtyTwoNewClaimsOfOneOwner_OneIsWritten()
    {
        var results = await Concurrently.RunAsync(32, i => CommitAsync(ClaimSamples.Pending(i + 1)));

        Assert.Single(results, ClaimCommitStatus.Committed);
        Assert.Single((await _store.ListAsync(new ClaimQuery(), default)).Claims);
    }

    internal static ClaimEvent EventOf(DomainClaim claim, long version) => new()
    {
        Id = new Guid((int)version, 0, 0, claim.Id.Value.ToByteArray()[..8]),
        Type = ClaimEventTypes.Requested,
        ClaimId = claim.Id,
        ClaimVersion = version,
        Profile = claim.Profile,
        Owner = claim.Owner,
        Domain = claim.Domain,
        To = claim.Status,
        Epoch = claim.Epoch,
        At = Now,
        Actor = ClaimActor.System,
    };

    private async Task<ClaimCommitStatus> CommitAsync(params DomainClaim[] claims) =>
        await _store.CommitAsync(new ClaimCommit { Claims = claims }, default);

    private async Task<DomainClaim> VerifiedAsync(int number, string owner, DomainExclusivity exclusivity = DomainExclusivity.OneHolder)
    {
        var claim = ClaimSamples.Pending(number, owner) with { Exclusivity = exclusivity };
        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(claim));
        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(claim.Next(ClaimStatus.Verified)));
        return claim.Next(ClaimStatus.Verified);
    }

    private async Task<DomainClaim> HeldAsync(
        int number,
        string owner,
        long epoch,
        ClaimStatus status = ClaimStatus.Claimed,
        DomainExclusivity exclusivity = DomainExclusivity.OneHolder)
    {
        var held = (await VerifiedAsync(number, owner, exclusivity)).Next(status, epoch);
        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(held));
        return held;
    }
}
