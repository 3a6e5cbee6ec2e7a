using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Tests.Leases;

/// <summary>Rows that a later version wrote, in a fleet that is being updated.</summary>
public sealed class UnreadableRowTests
{
    private static readonly LeaseRequest Due = new(Samples.Now.AddDays(7), TimeSpan.FromMinutes(1), 10);

    [Fact]
    public async Task Lease_OneRowUnreadableInSqlite_GivesTheOthers() => await LeaseAsync(await SqliteStoreDatabase.CreateAsync());

    [PostgresFact]
    public async Task Lease_OneRowUnreadableInPostgreSql_GivesTheOthers() => await LeaseAsync(await PostgresStoreDatabase.CreateAsync());

    private static async Task LeaseAsync(StoreDatabase database)
    {
        await using var owned = database;
        var store = database.CreateStore();
        var claims = Enumerable.Range(1, 4).Select(number => Samples.Pending(number, $"owner-{number}", $"d{number}.example")).ToList();
        var work = claims.Select((claim, index) => Samples.Work(index + 1, claim)).ToList();
        await store.CommitAsync(new ClaimCommit { Claims = claims, Work = work }, default);
        await using var context = database.CreateContext();
        await context.Database.ExecuteSqlAsync($"UPDATE domain_verification_claims SET status = 'Suspended' WHERE owner = 'owner-1'");
        await context.Database.ExecuteSqlAsync($"UPDATE domain_verification_claims SET data = 'later' WHERE owner = 'owner-2'");
        await context.Database.ExecuteSqlAsync($"UPDATE domain_verification_claims SET domain = '?' WHERE owner = 'owner-3'");
        await context.Database.ExecuteSqlAsync($"UPDATE domain_verification_work SET kind = 'Rename' WHERE owner = 'owner-1'");

        var leasedClaims = await store.LeaseDueClaimsAsync(Due, default);
        var leasedWork = await store.LeaseWorkAsync(Due, default);

        Assert.Equal(["owner-4"], leasedClaims.Select(claim => claim.Owner));
        Assert.Equal(["owner-2", "owner-3", "owner-4"], leasedWork.Select(item => item.Owner));
    }
}
