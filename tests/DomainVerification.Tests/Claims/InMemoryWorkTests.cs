namespace DomainVerification.Tests.Claims;

/// <summary>The promises of <see cref="IClaimStore"/> about leases and outbox work, on the store that keeps them in memory.</summary>
public class InMemoryWorkTests
{
    private static readonly DateTimeOffset Now = ClaimSamples.Now;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly InMemoryClaimStore _store = new();

    [Fact]
    public async Task LeaseDueClaims_LongestDueFirst_UpToTheMaximum()
    {
        await AddDueAsync(1, Now);
        await AddDueAsync(2, Now - Minute);
        await AddDueAsync(3, Now - TimeSpan.FromHours(1));
        await AddDueAsync(4, Now + TimeSpan.FromTicks(1));
        await AddDueAsync(5, null);

        Assert.Equal([3, 2], await LeaseAsync(Now, 2));
        Assert.Equal([1], await LeaseAsync(Now, 2));
        Assert.Empty(await LeaseAsync(Now, 2));
    }

    [Fact]
    public async Task LeaseDueClaims_LeaseEnds_IsLeasedAgain()
    {
        await AddDueAsync(1, Now);

        Assert.Equal([1], await LeaseAsync(Now));
        Assert.Empty(await LeaseAsync(Now + Minute - TimeSpan.FromTicks(1)));
        Assert.Equal([1], await LeaseAsync(Now + Minute));
    }

    [Fact]
    public async Task LeaseDueClaims_CommitChangesTheClaim_EndsItsLease()
    {
        var claim = await AddDueAsync(1, Now);
        await LeaseAsync(Now);

        await _store.CommitAsync(new ClaimCommit { Claims = [claim.Next()] }, default);

        Assert.Equal([1], await LeaseAsync(Now));
    }

    [Fact]
    public async Task LeaseDueClaims_RefusedCommit_EndsNoLease()
    {
        var claim = await AddDueAsync(1, Now);
        await LeaseAsync(Now);

        await _store.CommitAsync(new ClaimCommit { Claims = [claim with { Version = 9 }] }, default);

        Assert.Empty(await LeaseAsync(Now));
    }

    [Fact]
    public async Task LeaseDueClaims_NoLongerDue_IsNotLeased()
    {
        var claim = await AddDueAsync(1, Now);

        await _store.CommitAsync(new ClaimCommit { Claims = [claim.Next() with { DueAt = Now + Minute }] }, default);

        Assert.Empty(await LeaseAsync(Now));
        Assert.Equal([1], await LeaseAsync(Now + Minute));
    }

    [Fact]
    public async Task LeaseDueClaims_ThirtyTwoWorkers_LeaseEachClaimOnce()
    {
        for (var number = 1; number <= 500; number++)
        {
            await AddDueAsync(number, Now);
        }

        var leased = await Concurrently.RunAsync(32, async _ =>
        {
            var mine = new List<int>();
            while (await LeaseAsync(Now, 3) is { Count: > 0 } batch)
            {
                mine.AddRange(batch);
            }

            return mine;
        });

        Assert.Equal(Enumerable.Range(1, 500), leased.SelectMany(mine => mine).Order());
    }

    [Fact]
    public async Task LeaseWork_OneDomain_GivesTheNextOnlyWhenTheFirstIsSettled()
    {
        await EnqueueAsync(Work(1), Work(2), Work(3));

        Assert.Equal([1], await LeaseWorkAsync(Now));
        Assert.Empty(await LeaseWorkAsync(Now));
        Assert.Equal(ClaimCommitStatus.Committed, await SettleAsync(new SettledWork(Work(1).Id)));
        Assert.Equal([2], await LeaseWorkAsync(Now));
    }

    [Fact]
    public async Task LeaseWork_LaterWorkDueEarlier_WaitsForTheFirstAndBringsItForward()
    {
        await EnqueueAsync(Work(1) with { DueAt = Now + Minute });
        Assert.Empty(await LeaseWorkAsync(Now));

        await EnqueueAsync(Work(2));

        Assert.Equal([1], await LeaseWorkAsync(Now));
        await SettleAsync(new SettledWork(Work(1).Id, Now + Minute));
        Assert.Empty(await LeaseWorkAsync(Now));
        Assert.Equal([1], await LeaseWorkAsync(Now + Minute));
    }

    [Fact]
    public async Task LeaseWork_OtherDomainsAndProfiles_DoNotWait()
    {
        await EnqueueAsync(Work(1), Work(2, "other.example"), Work(3) with { Profile = "other" }, Work(4));

        Assert.Equal([1, 2, 3], await LeaseWorkAsync(Now));
    }

    [Fact]
    public async Task LeaseWork_LongestDueFirst()
    {
        await EnqueueAsync(Work(1, "a.example"), Work(2, "b.example") with { DueAt = Now - Minute });

        Assert.Equal([2, 1], await LeaseWorkAsync(Now));
    }

    [Fact]
    public async Task LeaseWork_NeverSettled_ComesAgainWhenTheLeaseEnds()
    {
        await EnqueueAsync(Work(1));

        Assert.Equal([1], await LeaseWorkAsync(Now));
        Assert.Empty(await LeaseWorkAsync(Now + Minute - TimeSpan.FromTicks(1)));
        Assert.Equal([1], await LeaseWorkAsync(Now + Minute));
    }

    [Fact]
    public async Task LeaseWork_Retry_KeepsItsPlaceAndTellsItsTries()
    {
        await EnqueueAsync(Work(1), Work(2));
        await LeaseWorkAsync(Now);
        var error = new DomainVerificationError("quota_exceeded", "Too many.");

        await SettleAsync(new SettledWork(Work(1).Id, Now + Minute, error));

        Assert.Empty(await LeaseWorkAsync(Now));
        var again = Assert.Single(await _store.LeaseWorkAsync(new LeaseRequest(Now + Minute, Minute, 10), default));
        Assert.Equal((Work(1).Id, 1, error), (again.Id, again.Attempts, again.LastError));
    }

    [Fact]
    public async Task Commit_SettlesUnknownSettledOrWaitingWork_IsAConflictAndWritesNothing()
    {
        await EnqueueAsync(Work(1), Work(2));
        var claim = ClaimSamples.Pending(9, "bob");

        foreach (var id in (Guid[])[Work(3).Id, Work(2).Id])
        {
            var commit = new ClaimCommit { Claims = [claim], Settled = [new SettledWork(id)] };
            Assert.Equal(ClaimCommitStatus.VersionConflict, await _store.CommitAsync(commit, default));
        }

        Assert.Equal(ClaimCommitStatus.VersionConflict, await SettleAsync(new SettledWork(Work(1).Id), new SettledWork(Work(1).Id)));
        Assert.Null(await _store.FindAsync(claim.Id, default));
        Assert.Equal(ClaimCommitStatus.Committed, await SettleAsync(new SettledWork(Work(1).Id)));
        Assert.Equal(ClaimCommitStatus.VersionConflict, await SettleAsync(new SettledWork(Work(1).Id)));
    }

    [Fact]
    public async Task LeaseWork_ThirtyTwoWorkers_DoEachOnceAndInOrderForEachDomain()
    {
        const int Domains = 20;
        var work = Enumerable.Range(1, 400).Select(number => Work(number, $"name-{number % Domains}.example")).ToArray();
        await EnqueueAsync(work);
        var done = new System.Collections.Concurrent.ConcurrentQueue<ClaimWork>();

        await Concurrently.RunAsync(32, async _ =>
        {
            while (done.Count < work.Length)
            {
                foreach (var item in await _store.LeaseWorkAsync(new LeaseRequest(Now, Minute, 3), default))
                {
                    done.Enqueue(item);
                    Assert.Equal(ClaimCommitStatus.Committed, await SettleAsync(new SettledWork(item.Id)));
                }

                await Task.Yield();
            }

            return 0;
        });

        Assert.All(
            done.GroupBy(item => item.Domain),
            domain => Assert.Equal(domain.Select(NumberOf).Order(), domain.Select(NumberOf)));
        Assert.Equal(work.Length, done.Select(item => item.Id).Distinct().Count());
        Assert.Equal(work.Length, done.Count);
    }

    [Fact]
    public async Task Commit_StaleAndItsOperationIsInTheOutbox_IsAConflict()
    {
        var claim = await AddDueAsync(1, null);
        await _store.CommitAsync(new ClaimCommit { Claims = [claim.Next()], Work = [Work(1)] }, default);

        var again = new ClaimCommit { Claims = [claim.Next()], Work = [Work(1)] };
        Assert.Equal(ClaimCommitStatus.VersionConflict, await _store.CommitAsync(again, default));
        var settled = new ClaimCommit { Settled = [new SettledWork(Guid.Empty)], Work = [Work(1)] };
        Assert.Equal(ClaimCommitStatus.VersionConflict, await _store.CommitAsync(settled, default));
    }

    internal static ClaimWork Work(int number, string domain = "acme.example") => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Kind = ClaimWorkKind.Provision,
        ClaimId = ClaimSamples.Id(1),
        Profile = string.Empty,
        Owner = "ann",
        Domain = DomainName.Parse(domain),
        Epoch = number,
        CreatedAt = Now,
        DueAt = Now,
    };

    private static int NumberOf(ClaimWork work) => BitConverter.ToInt32(work.Id.ToByteArray());

    private async Task<DomainClaim> AddDueAsync(int number, DateTimeOffset? dueAt)
    {
        var claim = ClaimSamples.Pending(number, "ann", $"name-{number}.example") with { DueAt = dueAt };
        Assert.Equal(ClaimCommitStatus.Committed, await _store.CommitAsync(new ClaimCommit { Claims = [claim] }, default));
        return claim;
    }

    private async Task<List<int>> LeaseAsync(DateTimeOffset now, int maximum = 10) =>
        [.. (await _store.LeaseDueClaimsAsync(new LeaseRequest(now, Minute, maximum), default))
            .Select(claim => BitConverter.ToInt32(claim.Id.Value.ToByteArray()))];

    private async Task<List<int>> LeaseWorkAsync(DateTimeOffset now) =>
        [.. (await _store.LeaseWorkAsync(new LeaseRequest(now, Minute, 10), default)).Select(NumberOf)];

    private async Task EnqueueAsync(params ClaimWork[] work) => await _store.CommitAsync(new ClaimCommit { Work = work }, default);

    private async Task<ClaimCommitStatus> SettleAsync(params SettledWork[] settled) =>
        await _store.CommitAsync(new ClaimCommit { Settled = settled }, default);
}
