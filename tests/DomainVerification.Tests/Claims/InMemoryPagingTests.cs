namespace DomainVerification.Tests.Claims;

public class InMemoryPagingTests
{
    private readonly InMemoryClaimStore _store = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task List_AnyPageSize_GivesEachClaimOnceInOrder(int pageSize)
    {
        await AddAsync(Enumerable.Range(1, 10));

        var found = await AllAsync(new ClaimQuery { PageSize = pageSize }, _ => Task.CompletedTask);

        Assert.Equal(Enumerable.Range(1, 10).Select(ClaimSamples.Id), found);
    }

    [Fact]
    public async Task List_WritesBetweenPages_MissesAndRepeatsNoneThatExistsThroughout()
    {
        await AddAsync(Enumerable.Range(1, 20).Select(number => number * 10));
        var added = 1;

        var found = await AllAsync(new ClaimQuery { PageSize = 3 }, async last =>
        {
            // Before, right after and far behind the place where the next page begins.
            await AddAsync([added++, added++ + 500]);
            var seen = (await _store.FindAsync(last, default))!;
            await _store.CommitAsync(new ClaimCommit { Claims = [seen.Next(ClaimStatus.Canceled)] }, default);
        });

        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(Enumerable.Range(1, 20).Select(number => ClaimSamples.Id(number * 10)).Except(found));
    }

    [Fact]
    public async Task List_Filters_ApplyTogether()
    {
        await AddAsync([1, 2, 3]);
        await _store.CommitAsync(new ClaimCommit { Claims = [ClaimSamples.Pending(4, "ann", "wanted.example")] }, default);
        await _store.CommitAsync(
            new ClaimCommit { Claims = [ClaimSamples.Pending(5, "ann", "wanted.example") with { Profile = "other" }] },
            default);
        var query = new ClaimQuery
        {
            Owner = "ann",
            Profile = string.Empty,
            Domain = DomainName.Parse("wanted.example"),
            Statuses = [ClaimStatus.Pending],
        };

        Assert.Equal(ClaimSamples.Id(4), Assert.Single((await _store.ListAsync(query, default)).Claims).Id);
        Assert.Empty((await _store.ListAsync(query with { Statuses = [ClaimStatus.Claimed] }, default)).Claims);
        Assert.Empty((await _store.ListAsync(query with { Owner = "ANN" }, default)).Claims);
    }

    [Fact]
    public async Task List_AfterTheLastOrBeforeTheFirst_IsEmptyOrWhole()
    {
        await AddAsync([5]);

        Assert.Empty((await _store.ListAsync(new ClaimQuery { After = ClaimSamples.Id(5) }, default)).Claims);
        Assert.Empty((await _store.ListAsync(new ClaimQuery { After = ClaimSamples.Id(9) }, default)).Claims);
        Assert.Single((await _store.ListAsync(new ClaimQuery { After = ClaimSamples.Id(1) }, default)).Claims);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task List_PageSizeOutOfRange_Throws(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => _store.ListAsync(new ClaimQuery { PageSize = pageSize }, default).AsTask());

    private async Task AddAsync(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            var claim = ClaimSamples.Pending(number, "ann", $"name-{number}.example");
            Assert.Equal(ClaimCommitStatus.Committed, await _store.CommitAsync(new ClaimCommit { Claims = [claim] }, default));
        }
    }

    private async Task<List<ClaimId>> AllAsync(ClaimQuery query, Func<ClaimId, Task> between)
    {
        var found = new List<ClaimId>();
        for (var page = await _store.ListAsync(query, default); ; page = await _store.ListAsync(query with { After = page.Next }, default))
        {
            found.AddRange(page.Claims.Select(claim => claim.Id));
            if (page.Next is null)
            {
                return found;
            }

            await between(page.Next.Value);
        }
    }
}
