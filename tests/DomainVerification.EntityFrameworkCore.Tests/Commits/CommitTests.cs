using DomainVerification.EntityFrameworkCore.Tests.Databases;

namespace DomainVerification.EntityFrameworkCore.Tests.Commits;

/// <summary>What the two databases find out in ways of their own about a commit.</summary>
public sealed class CommitTests
{
    [Fact]
    public async Task SecondEventOfAVersion_Sqlite_Conflicts() => await RefuseSecondEventAsync(await SqliteStoreDatabase.CreateAsync());

    [PostgresFact]
    public async Task SecondEventOfAVersion_PostgreSql_Conflicts() =>
        await RefuseSecondEventAsync(await PostgresStoreDatabase.CreateAsync());

    [Fact]
    public async Task SeveralWorkOfAQueue_Sqlite_BringTheHeadForwardToTheFirst() =>
        await BringForwardAsync(await SqliteStoreDatabase.CreateAsync());

    [PostgresFact]
    public async Task SeveralWorkOfAQueue_PostgreSql_BringTheHeadForwardToTheFirst() =>
        await BringForwardAsync(await PostgresStoreDatabase.CreateAsync());

    private static async Task RefuseSecondEventAsync(StoreDatabase database)
    {
        await using var disposed = database;
        var store = database.CreateStore();
        var claim = Samples.Pending(1, "ann");
        await store.CommitAsync(new ClaimCommit { Claims = [claim], Events = [Event(1, claim)] }, default);
        await using var context = database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        using (ClaimTransaction.Enlist(context))
        {
            var next = claim.Next(ClaimStatus.Verified);
            var commit = new ClaimCommit { Claims = [next], Events = [Event(2, claim)] };

            Assert.Equal(ClaimCommitStatus.VersionConflict, await store.CommitAsync(commit, default));

            // The transaction of the host goes on, and nothing of the commit is in it.
            Assert.Equal(1, (await store.FindAsync(claim.Id, default))!.Version);
            Assert.Equal(new Guid(1, 0, 0, new byte[8]), Assert.Single(await store.ListEventsAsync(claim.Id, default)).Id);
        }
    }

    private static async Task BringForwardAsync(StoreDatabase database)
    {
        await using var disposed = database;
        var store = database.CreateStore();
        var claim = Samples.Pending(1, "ann");
        var head = Samples.Work(1, claim) with { DueAt = Samples.Now.AddDays(3) };
        await store.CommitAsync(new ClaimCommit { Claims = [claim], Work = [head] }, default);

        await store.CommitAsync(
            new ClaimCommit
            {
                Work =
                [
                    Samples.Work(2, claim) with { DueAt = Samples.Now.AddHours(1) },
                    Samples.Work(3, claim) with { DueAt = Samples.Now.AddHours(2) },
                ],
            },
            default);

        Assert.Empty(await store.LeaseWorkAsync(Lease(Samples.Now.AddMinutes(59)), default));
        Assert.Equal(head.Id, Assert.Single(await store.LeaseWorkAsync(Lease(Samples.Now.AddHours(1)), default)).Id);
    }

    private static LeaseRequest Lease(DateTimeOffset now) => new(now, TimeSpan.FromMinutes(1), 10);

    private static ClaimEvent Event(int number, DomainClaim claim) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Type = ClaimEventTypes.Requested,
        ClaimId = claim.Id,
        ClaimVersion = claim.Version,
        Profile = claim.Profile,
        Owner = claim.Owner,
        Domain = claim.Domain,
        To = claim.Status,
        Epoch = claim.Epoch,
        At = claim.CreatedAt,
        Actor = claim.CreatedBy,
    };
}
