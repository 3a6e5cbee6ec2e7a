using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string AllOrNothing = "A commit is all or nothing: refused, it leaves no trace in any read.";

    /// <summary>Claims, events and work of one commit appear together.</summary>
    [Contract("Claims, events and work are written together.", Where = "IClaimStore.CommitAsync; ClaimCommit")]
    public async Task Commit_ClaimsEventsAndWork_AreAllThere()
    {
        var (ann, bob) = (Sample.Claim(1, "ann"), Sample.Claim(2, "bob"));
        await PutAsync(new ClaimCommit
        {
            Claims = [ann, bob],
            Events = [Sample.Event(ann), Sample.Event(bob)],
            Work = [Sample.Work(1), Sample.Work(2)],
        });

        Assert.NotNull(await Store.FindAsync(ann.Id, default));
        Assert.NotNull(await Store.FindAsync(bob.Id, default));
        FieldList.AssertSame(Sample.Event(ann), Assert.Single(await Store.ListEventsAsync(ann.Id, default)));
        FieldList.AssertSame(Sample.Event(bob), Assert.Single(await Store.ListEventsAsync(bob.Id, default)));
        Assert.Equal([1, 2], (await Store.ListWorkAsync(new WorkQuery(), default)).Work.Select(Sample.NumberOf));
    }

    /// <summary>An event may tell of a claim that the commit does not change.</summary>
    [Contract("An event belongs to a claim that is stored or in the commit.", Where = "IClaimStore.CommitAsync")]
    public async Task Commit_EventOfAStoredClaim_NeedsNoChangeOfTheClaim()
    {
        var claim = Sample.Claim();
        await PutAsync(claim);

        await PutAsync(new ClaimCommit { Events = [Sample.Event(claim, ClaimEventTypes.ReleaseFailed)] });

        Assert.Single(await Store.ListEventsAsync(claim.Id, default));
        FieldList.AssertSame(claim, await Store.FindAsync(claim.Id, default));
    }

    /// <summary>The trail is in the order of the versions, whatever the clocks and identities of the events say.</summary>
    [Contract(
        "The audit trail is listed oldest first; events of a claim are ordered by ClaimVersion.",
        Where = "IClaimStore.ListEventsAsync; ClaimEvent.ClaimVersion")]
    public async Task ListEvents_SeveralCommits_AreInTheOrderOfVersions()
    {
        var claim = Sample.Claim();
        for (var version = 1; version <= 12; version++)
        {
            var entry = Sample.Event(claim) with
            {
                Id = new Guid(1000 - version, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 3]),
                At = Sample.Now - (version * Sample.Minute),
            };
            await PutAsync(new ClaimCommit { Claims = [claim], Events = [entry] });
            claim = claim.Next();
        }

        var versions = (await Store.ListEventsAsync(claim.Id, default)).Select(entry => entry.ClaimVersion);
        Assert.Equal(Enumerable.Range(1, 12).Select(version => (long)version), versions);
    }

    /// <summary>One stale claim, wherever it stands in the commit, refuses all of it.</summary>
    [Contract(AllOrNothing, Where = "IClaimStore.CommitAsync; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_OneStaleClaimAmongGoodOnes_WritesNothingAtAll()
    {
        var (ann, bob, cyd) = (Sample.Claim(1, "ann"), Sample.Claim(2, "bob"), Sample.Claim(3, "cyd"));
        await PutAsync(new ClaimCommit { Claims = [ann, bob], Events = [Sample.Event(ann)], Work = [Sample.Work(1)] });
        var stale = ann with { Version = 7 };
        DomainClaim[][] orders = [[stale, bob.Next(), cyd], [bob.Next(), stale, cyd], [cyd, bob.Next(), stale]];
        foreach (var claims in orders)
        {
            await AssertRefusedAsync(
                new ClaimCommit
                {
                    Claims = claims,
                    Events = [Sample.Event(bob.Next()), Sample.Event(cyd)],
                    Work = [Sample.Work(2), Sample.Work(3, "other.example")],
                    Settled = [new SettledWork(Sample.WorkId(1))],
                },
                ClaimCommitStatus.VersionConflict);
        }

        Assert.Equal([1], (await Store.LeaseWorkAsync(Sample.Lease(Sample.Now), default)).Select(Sample.NumberOf));
    }

    /// <summary>A holding that cannot be refuses the claims, events and work beside it.</summary>
    [Contract(AllOrNothing, Where = "IClaimStore.CommitAsync; ClaimCommitStatus.AlreadyHeld")]
    public async Task Commit_OneSecondHolderAmongGoodOnes_WritesNothingAtAll()
    {
        await HeldAsync(1, "ann", 1);
        var bob = await VerifiedAsync(2, "bob");
        var cyd = Sample.Claim(3, "cyd", "other.example");

        await AssertRefusedAsync(
            new ClaimCommit
            {
                Claims = [cyd, bob.Next(ClaimStatus.Claimed, 2)],
                Events = [Sample.Event(cyd), Sample.Event(bob.Next())],
                Work = [Sample.Work(1), Sample.Work(2, "other.example")],
            },
            ClaimCommitStatus.AlreadyHeld);
    }

    /// <summary>Work that cannot be settled or replayed refuses the claims beside it.</summary>
    [Contract(AllOrNothing, Where = "IClaimStore.CommitAsync; ClaimCommit.Settled; ClaimCommit.Replayed")]
    public async Task Commit_WorkThatCannotBeSettledOrReplayed_WritesNothingAtAll()
    {
        var (ann, bob) = (Sample.Claim(1, "ann"), Sample.Claim(2, "bob"));
        await PutAsync(new ClaimCommit { Claims = [ann], Work = [Sample.Work(1), Sample.Work(2)] });
        var good = new ClaimCommit
        {
            Claims = [ann.Next(), bob],
            Events = [Sample.Event(ann.Next()), Sample.Event(bob)],
            Work = [Sample.Work(3), Sample.Work(4, "other.example")],
        };

        ClaimCommit[] impossible =
        [
            good with { Settled = [new SettledWork(Sample.WorkId(9))] },
            good with { Settled = [new SettledWork(Sample.WorkId(2))] },
            good with { Replayed = [new ReplayedWork(Sample.WorkId(1), Sample.Now)] },
            good with { Replayed = [new ReplayedWork(Sample.WorkId(9), Sample.Now)] },
        ];

        foreach (var commit in impossible)
        {
            await AssertRefusedAsync(commit, ClaimCommitStatus.VersionConflict);
        }
    }

    /// <summary>Two callers who make the same move bring the same operation; the slower one is told that it was slower.</summary>
    [Contract(
        "A stale commit is a conflict, also where an operation of it is in the outbox already.",
        Where = "IClaimStore.CommitAsync; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_StaleTwinOfAMove_IsAConflict()
    {
        var claim = Sample.Claim();
        await PutAsync(claim);
        var move = new ClaimCommit { Claims = [claim.Next()], Events = [Sample.Event(claim.Next())], Work = [Sample.Work(1)] };
        await PutAsync(move);

        await AssertRefusedAsync(move, ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(
            new ClaimCommit { Settled = [new SettledWork(Sample.WorkId(9))], Work = [Sample.Work(1)] }, ClaimCommitStatus.VersionConflict);
    }

    /// <summary>Mistakes of the caller are exceptions that leave no trace.</summary>
    [Contract("A commit that cannot be meant so throws an ArgumentException, and nothing was written.", Where = "IClaimStore.CommitAsync")]
    public async Task Commit_ThatTheCallerGotWrong_ThrowsAndWritesNothing()
    {
        var (ann, bob) = (Sample.Claim(1, "ann"), Sample.Claim(2, "bob"));
        await PutAsync(new ClaimCommit { Claims = [ann], Work = [Sample.Work(1)] });
        var good = new ClaimCommit { Claims = [bob, ann.Next()], Events = [Sample.Event(bob)], Work = [Sample.Work(5, "other.example")] };
        var foreign = Sample.Event(Sample.Claim(9, "eve"));
        var undecided = new SettledWork(Sample.WorkId(1), RetryAt: Sample.Now, DeadAt: Sample.Now);
        (string Mistake, ClaimCommit Commit)[] wrong =
        [
            ("A commit with an event of a claim that is nowhere", good with { Events = [Sample.Event(bob), foreign] }),
            ("A commit with an operation that is in the outbox already", good with { Work = [.. good.Work, Sample.Work(1)] }),
            ("A commit with an operation twice", good with { Work = [Sample.Work(5), Sample.Work(5)] }),
            ("A commit with work that has a retry and a death", good with { Settled = [undecided] }),
        ];

        foreach (var (mistake, commit) in wrong)
        {
            var before = await SnapshotAsync();
            await AssertEachThrowsAsync<ArgumentException>((mistake, async () => await Store.CommitAsync(commit, default)));
            await AssertUnchangedAsync(before, commit);
        }

        await PutAsync(good);
    }

    /// <summary>A version that does not follow the stored one changes nothing.</summary>
    [Contract("A stale version changes nothing.", Where = "IClaimStore; ClaimCommit.Claims; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_VersionThatDoesNotFollow_IsAConflict()
    {
        var claim = Sample.Claim();
        await PutAsync(claim);
        await PutAsync(claim.Next());

        foreach (var version in (long[])[1, 2, 4, 0, -1, long.MaxValue])
        {
            await AssertRefusedAsync(
                new ClaimCommit { Claims = [claim with { Version = version, Attempts = 9 }] },
                ClaimCommitStatus.VersionConflict);
        }
    }

    /// <summary>A claim begins with version 1.</summary>
    [Contract("A claim of version 1 is inserted; any other version replaces one that is stored.", Where = "ClaimCommit.Claims")]
    public async Task Commit_NewClaimOfAnotherVersionThanOne_IsAConflict()
    {
        foreach (var version in (long[])[0, 2, 7])
        {
            await AssertRefusedAsync(
                new ClaimCommit { Claims = [Sample.Claim() with { Version = version }] },
                ClaimCommitStatus.VersionConflict);
        }
    }

    /// <summary>A claim appears once in a commit.</summary>
    [Contract("A claim may appear once.", Where = "ClaimCommit.Claims")]
    public async Task Commit_SameClaimTwice_IsAConflict()
    {
        var claim = Sample.Claim();
        await AssertRefusedAsync(new ClaimCommit { Claims = [claim, claim] }, ClaimCommitStatus.VersionConflict);
        await AssertRefusedAsync(new ClaimCommit { Claims = [claim, claim.Next()] }, ClaimCommitStatus.VersionConflict);
    }
}
