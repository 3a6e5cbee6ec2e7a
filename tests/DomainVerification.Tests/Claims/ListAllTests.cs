namespace DomainVerification.Tests.Claims;

public class ListAllTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task ListAll_AnyPageSize_GivesTheOwnersClaimsOnceEachInOrder(int pageSize)
    {
        await using var world = new ClaimWorld();
        var made = new List<ClaimId>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await world.RequestAsync("ann", $"acme{i}.example")).RequireClaim().Id);
            await world.RequestAsync("eve", $"acme{i}.example");
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var listed = await IdsAsync(world, "ann", new ClaimQuery { PageSize = pageSize, Owner = "eve" });

        Assert.Equal(made, listed);
    }

    [Fact]
    public async Task ListAll_LiveStatuses_LeavesOutWhatHasEnded()
    {
        await using var world = new ClaimWorld();
        var pending = (await world.RequestAsync("ann", "a.example")).RequireClaim();
        var canceled = (await world.RequestAsync("ann", "b.example")).RequireClaim();
        var claimed = await world.ClaimedAsync("ann", "c.example");
        await world.Manager.CancelAsync(ClaimReference.To(canceled));

        var listed = await IdsAsync(world, "ann", new ClaimQuery { Statuses = ClaimQuery.LiveStatuses });

        Assert.Equal(new HashSet<ClaimId> { pending.Id, claimed.Id }, [.. listed]);
        Assert.All(Enum.GetValues<ClaimStatus>(), status => Assert.Equal(status.IsLive, ClaimQuery.LiveStatuses.Contains(status)));
    }

    [Fact]
    public async Task ListAll_CanceledAhead_AsksNothing()
    {
        await using var world = new ClaimWorld();
        await world.RequestAsync("ann", "a.example");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => IdsAsync(world, "ann", null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ClaimQuery.MaximumPageSize + 1)]
    public async Task ListAll_PageSizeThatIsNone_Throws(int pageSize)
    {
        await using var world = new ClaimWorld();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => IdsAsync(world, "ann", new ClaimQuery { PageSize = pageSize }));
    }

    private static async Task<List<ClaimId>> IdsAsync(
        ClaimWorld world,
        string owner,
        ClaimQuery? query,
        CancellationToken cancellationToken = default)
    {
        var listed = new List<ClaimId>();
        await foreach (var claim in world.Manager.ListAllAsync(owner, query, cancellationToken))
        {
            listed.Add(claim.Id);
        }

        return listed;
    }
}
