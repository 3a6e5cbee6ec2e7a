using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

/// <summary>
/// The contract of <see cref="IClaimStore"/>. Derive a class that makes your store, and inherit the facts; each one that fails tells what
/// the contract says, where it says it, and what your store did.
/// </summary>
/// <remarks>
/// Every fact works on a store of its own, which must be empty. Instants in the facts are of <c>2026</c>, whatever the clock shows: a store
/// takes the time from its callers. See <c>docs/custom-store.md</c>.
/// </remarks>
public abstract partial class ClaimStoreConformanceTests : StoreConformanceSuite<IClaimStore>
{
    /// <summary>How many random histories are checked against the sequential model.</summary>
    protected virtual int Histories => 1000;

    private async Task<ClaimCommitStatus> CommitAsync(params DomainClaim[] claims) =>
        await Store.CommitAsync(new ClaimCommit { Claims = claims }, default);

    /// <summary>Commits what must be taken, so that a fact stands on firm ground.</summary>
    private async Task PutAsync(ClaimCommit commit)
    {
        var status = await Store.CommitAsync(commit, default);
        Assert.True(
            status == ClaimCommitStatus.Committed,
            $"A commit that the fact starts from was refused with {status}:\n{FieldList.Summarize(commit)}");
    }

    private Task PutAsync(params DomainClaim[] claims) => PutAsync(new ClaimCommit { Claims = claims });

    /// <summary>A stored claim that was verified and does not hold.</summary>
    private async Task<DomainClaim> VerifiedAsync(
        int number,
        string owner,
        DomainExclusivity exclusivity = DomainExclusivity.OneHolder,
        string domain = "acme.example")
    {
        var claim = Sample.Claim(number, owner, domain) with { Exclusivity = exclusivity };
        await PutAsync(claim);
        await PutAsync(claim.Next(ClaimStatus.Verified));
        return claim.Next(ClaimStatus.Verified);
    }

    /// <summary>A stored claim that holds its domain.</summary>
    private async Task<DomainClaim> HeldAsync(
        int number,
        string owner,
        long epoch,
        ClaimStatus status = ClaimStatus.Claimed,
        DomainExclusivity exclusivity = DomainExclusivity.OneHolder)
    {
        var held = (await VerifiedAsync(number, owner, exclusivity)).Next(status, epoch);
        await PutAsync(held);
        return held;
    }

    /// <summary>All that the store says, as text: equal before and after a call that must change nothing.</summary>
    private async Task<string> SnapshotAsync(IClaimStore? store = null)
    {
        store ??= Store;
        var lines = new List<string>();
        var claims = await store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, default);
        foreach (var claim in claims.Claims)
        {
            var number = Sample.NumberOf(claim);
            Add($"FindAsync of claim {number}", await store.FindAsync(claim.Id, default));
            Add($"FindNewestAsync of claim {number}", await store.FindNewestAsync(claim.Profile, claim.Owner, claim.Domain, default));
            Add($"FindHoldingAsync of claim {number}", await store.FindHoldingAsync(claim.Profile, claim.Domain, default));
            Add($"ListEventsAsync of claim {number}", await store.ListEventsAsync(claim.Id, default));
        }

        Add("ListAsync", claims);
        Add("ListWorkAsync", await store.ListWorkAsync(new WorkQuery { PageSize = WorkQuery.MaximumPageSize }, default));
        return string.Join('\n', lines);

        void Add(string read, object? found) => lines.AddRange(FieldList.Describe(found).Split('\n').Select(line => $"{read}: {line}"));
    }

    /// <summary>Asserts that a commit is refused and that no read shows anything of it.</summary>
    private async Task AssertRefusedAsync(ClaimCommit commit, params ClaimCommitStatus[] expected)
    {
        var before = await SnapshotAsync();
        ClaimCommitStatus? status = null;
        var thrown = await Record.ExceptionAsync(async () => status = await Store.CommitAsync(commit, default));
        var found = thrown is null ? $"{status}" : $"an exception, where a refusal is a value ({thrown})";
        Assert.True(
            status is { } given && expected.Contains(given),
            $"Expected {string.Join(" or ", expected)}, found {found}, for this commit:\n{FieldList.Summarize(commit)}");
        await AssertUnchangedAsync(before, commit);
    }

    /// <summary>Asserts that the store says what it said before, and knows nothing of the commit.</summary>
    private async Task AssertUnchangedAsync(string before, ClaimCommit commit)
    {
        var after = await SnapshotAsync();
        var (added, lost) = (after.Split('\n').Except(before.Split('\n')), before.Split('\n').Except(after.Split('\n')));
        var changed = added.Select(line => $"now: {line}").Concat(lost.Select(line => $"before: {line}")).Take(5);
        Assert.True(before == after, $"A commit that was refused left a trace:\n{string.Join('\n', changed)}");
        foreach (var claim in commit.Claims.Where(claim => !before.Contains(claim.Id.ToString(), StringComparison.Ordinal)))
        {
            Assert.Null(await Store.FindAsync(claim.Id, default));
            Assert.Empty(await Store.ListEventsAsync(claim.Id, default));
        }
    }
}
