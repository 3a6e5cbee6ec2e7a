using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.EntityFrameworkCore.Tests.Transactions;

/// <summary>Claims and a host's own data in one transaction.</summary>
public sealed class ClaimTransactionTests
{
    [Fact]
    public async Task Commit_Sqlite_WritesBoth() => await CommitAsync(await SqliteStoreDatabase.CreateAsync());

    [PostgresFact]
    public async Task Commit_PostgreSql_WritesBoth() => await CommitAsync(await PostgresStoreDatabase.CreateAsync());

    [Fact]
    public async Task Rollback_Sqlite_WritesNeither() => await RollBackAsync(await SqliteStoreDatabase.CreateAsync());

    [PostgresFact]
    public async Task Rollback_PostgreSql_WritesNeither() => await RollBackAsync(await PostgresStoreDatabase.CreateAsync());

    [Fact]
    public async Task Refusal_Sqlite_LeavesTheHostsTransactionUsable() => await RefuseAsync(await SqliteStoreDatabase.CreateAsync());

    [PostgresFact]
    public async Task Refusal_PostgreSql_LeavesTheHostsTransactionUsable() => await RefuseAsync(await PostgresStoreDatabase.CreateAsync());

    [Fact]
    public async Task Enlist_OfAnotherType_IsRefusedUntilItEnds()
    {
        await using var host = await HostDatabase.CreateAsync(await SqliteStoreDatabase.CreateAsync());
        await using var scope = host.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<HostContext>();
        await using var stranger = new DomainVerificationDbContext(
            new DbContextOptionsBuilder<DomainVerificationDbContext>().UseSqlite("Data Source=:memory:").Options);
        var ann = await host.VerifiedAsync("ann", "acme.example");
        using (ClaimTransaction.Enlist(stranger))
        {
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Store.FindAsync(ann.Id, default).AsTask());
            Assert.Contains("claims are kept through HostContext", error.Message, StringComparison.Ordinal);
        }

        using (ClaimTransaction.Enlist(context))
        {
            using (ClaimTransaction.Enlist(stranger))
            {
            }

            Assert.Same(context, ClaimTransaction.Find<HostContext>());
        }

        Assert.Null(ClaimTransaction.Find<HostContext>());
    }

    private static async Task CommitAsync(StoreDatabase database)
    {
        await using var host = await HostDatabase.CreateAsync(database);
        var ann = await host.VerifiedAsync("ann", "acme.example");
        await using var scope = host.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<HostContext>();
        await using var transaction = await context.Database.BeginTransactionAsync();
        using (ClaimTransaction.Enlist(context))
        {
            Assert.Null((await host.Manager.ClaimAsync(ClaimReference.To(ann))).Error);
            context.Invoices.Add(new Invoice { Domain = "acme.example" });
            await context.SaveChangesAsync();
            Assert.Equal(ClaimStatus.Claimed, (await host.Store.FindAsync(ann.Id, default))!.Status);
        }

        Assert.Equal(ClaimStatus.Verified, (await host.Store.FindAsync(ann.Id, default))!.Status);
        await transaction.CommitAsync();

        Assert.Equal(ClaimStatus.Claimed, (await host.Store.FindAsync(ann.Id, default))!.Status);
        Assert.Equal(1, await context.Invoices.CountAsync());
    }

    private static async Task RollBackAsync(StoreDatabase database)
    {
        await using var host = await HostDatabase.CreateAsync(database);
        var ann = await host.VerifiedAsync("ann", "acme.example");
        await using var scope = host.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<HostContext>();
        await using (await context.Database.BeginTransactionAsync())
        {
            using var enlistment = ClaimTransaction.Enlist(context);
            await host.Manager.ClaimAsync(ClaimReference.To(ann));
            await host.Manager.UnclaimAsync(ClaimReference.To(ann));
            context.Invoices.Add(new Invoice { Domain = "acme.example" });
            await context.SaveChangesAsync();
        }

        var after = await host.Store.FindAsync(ann.Id, default);
        Assert.Equal((ClaimStatus.Verified, ann.Version), (after!.Status, after.Version));
        Assert.Equal(2, (await host.Store.ListEventsAsync(ann.Id, default)).Count);
        Assert.Equal(0, await context.Invoices.CountAsync());
    }

    private static async Task RefuseAsync(StoreDatabase database)
    {
        await using var host = await HostDatabase.CreateAsync(database);
        var ann = await host.VerifiedAsync("ann", "acme.example");
        await using var scope = host.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<HostContext>();
        await using var transaction = await context.Database.BeginTransactionAsync();
        using (ClaimTransaction.Enlist(context))
        {
            context.Invoices.Add(new Invoice { Domain = "acme.example" });
            await context.SaveChangesAsync();
            var stale = new ClaimCommit { Claims = [ann with { Status = ClaimStatus.Revoked, Version = 9 }] };
            Assert.Equal(ClaimCommitStatus.VersionConflict, await host.Store.CommitAsync(stale, default));
            Assert.Null((await host.Manager.ClaimAsync(ClaimReference.To(ann))).Error);
        }

        await transaction.CommitAsync();
        Assert.Equal(ClaimStatus.Claimed, (await host.Store.FindAsync(ann.Id, default))!.Status);
        Assert.Equal(1, await context.Invoices.CountAsync());
    }
}
