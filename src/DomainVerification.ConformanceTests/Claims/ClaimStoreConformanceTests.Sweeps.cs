using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const int SweepSize = 100;

    /// <summary>A sweep writes many claims with one commit, each bound to its own version.</summary>
    [Contract("A commit may hold many claims; each replaces the version before its own.", Where = "ClaimCommit.Claims")]
    public async Task Sweep_ManyMovesInOneCommit_AllAreWritten()
    {
        var moved = (await SweptAsync()).ToArray();
        var entries = moved.Where(claim => Sample.NumberOf(claim) % 3 == 0).Select(claim => Sample.Event(claim, ClaimEventTypes.AtRisk));
        await PutAsync(new ClaimCommit { Claims = moved, Events = [.. entries] });

        foreach (var claim in moved)
        {
            FieldList.AssertSame(claim, await Store.FindAsync(claim.Id, default));
            Assert.Equal(
                Sample.NumberOf(claim) % 3 == 0 ? [ClaimEventTypes.AtRisk] : [],
                (await Store.ListEventsAsync(claim.Id, default)).Select(entry => entry.Type));
        }
    }

    /// <summary>A commit of many claims says of each when it is due again, and ends its lease.</summary>
    [Contract("A commit of a leased claim ends its lease.", Where = "IClaimStore.LeaseDueClaimsAsync")]
    public async Task Sweep_ManyMovesOfLeasedClaims_EachIsDueWhenItSays()
    {
        var moved = await SweptAsync();
        Assert.Equal(SweepSize, (await LeaseDueAsync(Sample.Now, 2 * SweepSize)).Count);
        await PutAsync([.. moved]);

        var later = Sample.Now + (SweepSize * Sample.Minute);
        var due = moved.Where(claim => claim.DueAt is not null).OrderBy(claim => claim.DueAt).Select(Sample.NumberOf);
        Assert.Equal(due, await LeaseDueAsync(later, 2 * SweepSize));
    }

    /// <summary>One claim that was changed meanwhile refuses all of a big commit.</summary>
    [Contract(AllOrNothing, Where = "IClaimStore.CommitAsync; ClaimCommitStatus.VersionConflict")]
    public async Task Sweep_OneClaimOfManyWasChanged_WritesNothingAtAll()
    {
        var moved = await SweptAsync();
        var changed = moved[SweepSize / 2];
        await PutAsync(changed with { DueAt = null });
        await AssertRefusedAsync(new ClaimCommit { Claims = moved }, ClaimCommitStatus.VersionConflict);

        await PutAsync([.. moved.Where(claim => claim.Id != changed.Id)]);
        foreach (var claim in moved)
        {
            Assert.Equal(claim.Version, (await Store.FindAsync(claim.Id, default))!.Version);
        }
    }

    /// <summary>A claim that never was refuses all of a big commit.</summary>
    [Contract(AllOrNothing, Where = "IClaimStore.CommitAsync; ClaimCommitStatus.VersionConflict")]
    public async Task Sweep_OneClaimOfManyIsUnknown_WritesNothingAtAll()
    {
        var moved = await SweptAsync();
        var unknown = Sample.Claim(SweepSize + 1, "nobody", "unknown.example").Next();
        await AssertRefusedAsync(new ClaimCommit { Claims = [.. moved, unknown] }, ClaimCommitStatus.VersionConflict);
    }

    /// <summary>However many claims move beside it, none comes to hold what another one holds.</summary>
    [Contract("At most one claim holds a (profile, domain) where the claim is exclusive.", Where = "IClaimStore")]
    public async Task Sweep_OneOfManyWouldHoldAHeldDomain_WritesNothingAtAll()
    {
        await HeldAsync(1000, "holder", 5);
        var rival = await VerifiedAsync(1001, "rival");
        var moved = await SweptAsync();
        await AssertRefusedAsync(
            new ClaimCommit { Claims = [.. moved, rival.Next(ClaimStatus.Claimed, 6)] },
            ClaimCommitStatus.AlreadyHeld);
    }

    /// <summary>However many claims move beside it, nobody comes to hold with an epoch that was there before.</summary>
    [Contract("The epochs of a (profile, domain) only rise.", Where = "ClaimCommitStatus.VersionConflict")]
    public async Task Sweep_OneOfManyWouldHoldWithAnOldEpoch_WritesNothingAtAll()
    {
        var former = await HeldAsync(1000, "holder", 5);
        await PutAsync(former.Next(ClaimStatus.Verified));
        var next = await VerifiedAsync(1001, "next");
        var moved = await SweptAsync();
        await AssertRefusedAsync(
            new ClaimCommit { Claims = [.. moved, next.Next(ClaimStatus.Claimed, 5)] },
            ClaimCommitStatus.VersionConflict);

        await PutAsync([.. moved, next.Next(ClaimStatus.Claimed, 6)]);
        Assert.Equal(next.Id, (await Store.FindHoldingAsync(string.Empty, Sample.Name(), default)).Holder?.Id);
    }

    /// <summary>Big commits that share claims are written one after the other, and only one of them is.</summary>
    [Contract("A claim of version n replaces the stored state of version n - 1, and no other.", Where = "ClaimCommit.Claims")]
    public async Task Sweep_TwoBigCommitsAtTheSameTime_OneOfThemIsWritten()
    {
        var moved = await SweptAsync();
        var backwards = moved.Reverse().ToList();
        var commits = new[] { new ClaimCommit { Claims = moved }, new ClaimCommit { Claims = backwards } };
        var statuses = await Task.WhenAll(commits.Select(commit => Task.Run(async () => await Store.CommitAsync(commit, default))));

        Assert.Equal([ClaimCommitStatus.Committed, ClaimCommitStatus.VersionConflict], statuses.Order());
    }

    /// <summary>
    /// Stored claims of all kinds that a sweep looks at, due at once, and what they move to: pending, verified and holding; most of them due
    /// later, some never.
    /// </summary>
    private async Task<IReadOnlyList<DomainClaim>> SweptAsync()
    {
        var before = Enumerable.Range(1, SweepSize).Select(number => Kind(number) with { DueAt = Sample.Now }).ToArray();
        await PutAsync(before);
        return
        [
            .. before.Select(claim => claim.Next() with
            {
                DueAt = Sample.NumberOf(claim) % 10 == 0 ? null : Sample.Now + (Sample.NumberOf(claim) * Sample.Minute),
                LastCheck = new ClaimCheck(Sample.Now, ProofOutcome.NotProved, ProofDiagnosisCodes.RecordNotFound),
                Attempts = claim.Attempts + 1,
                ModifiedAt = Sample.Now + Sample.Minute,
            }),
        ];

        static DomainClaim Kind(int number)
        {
            var claim = Sample.Claim(number, $"owner-{number % 7}", $"swept-{number}.example");
            return (number % 4) switch
            {
                0 => claim with { Status = ClaimStatus.Verified },
                1 => claim with { Status = ClaimStatus.Claimed, Epoch = 1 },
                2 => claim with { Status = ClaimStatus.Claimed, Epoch = 3, Exclusivity = DomainExclusivity.Shared },
                _ => claim,
            };
        }
    }
}
