using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DomainVerification.EntityFrameworkCore.Tests.Postgres;

/// <summary>What the store does where PostgreSQL makes it wait, or takes its transaction back.</summary>
public sealed class PostgresLockTests
{
    [PostgresFact]
    public async Task Commit_ChosenAsVictimOfADeadlock_IsTriedAgain()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        var store = database.CreateStore();
        var (ann, bob) = (Samples.Pending(1, "ann", "a.example"), Samples.Pending(2, "bob", "b.example"));
        await store.CommitAsync(new ClaimCommit { Claims = [ann, bob] }, default);
        await using var other = new NpgsqlConnection(database.ConnectionString + ";Options=-c deadlock_timeout=10s");
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await LockDomainAsync(other, "b.example");

        // The store locks a.example and waits for b.example; the other one, which is more patient, then waits for a.example.
        var commit = store.CommitAsync(
            new ClaimCommit { Claims = [ann.Next(ClaimStatus.Canceled), bob.Next(ClaimStatus.Canceled)] }, default).AsTask();
        await database.WaitUntilSomebodyWaitsAsync();
        await LockDomainAsync(other, "a.example");
        await transaction.CommitAsync();

        Assert.Equal(ClaimCommitStatus.Committed, await commit);
    }

    [PostgresFact]
    public async Task Commit_MovesManyAsASweepDoes_WaitsForNoDomain()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        var store = database.CreateStore();
        var (ann, bob) = (Samples.Pending(1, "ann", "a.example"), Samples.Pending(2, "bob", "b.example"));
        var holder = Samples.Pending(3, "cyd", "c.example") with { Status = ClaimStatus.Claimed, Epoch = 1 };
        await store.CommitAsync(new ClaimCommit { Claims = [ann, bob, holder] }, default);
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        foreach (var domain in (string[])["a.example", "b.example", "c.example"])
        {
            await LockDomainAsync(other, domain);
        }

        var moved = new[] { ann, bob, holder }.Select(claim => claim.Next(claim.Status)).ToList();
        var status = await store.CommitAsync(new ClaimCommit { Claims = moved }, default).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(ClaimCommitStatus.Committed, status);
    }

    [PostgresFact]
    public async Task Commit_CancelledWhileItWaits_EndsAndWritesNothing()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        var store = database.CreateStore();
        var ann = Samples.Pending(1, "ann");
        await store.CommitAsync(new ClaimCommit { Claims = [ann] }, default);
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await LockDomainAsync(other, "acme.example");
        using var cancellation = new CancellationTokenSource();
        var commit = store.CommitAsync(
            new ClaimCommit { Claims = [ann.Next(ClaimStatus.Canceled), Samples.Pending(2, "bob")] }, cancellation.Token).AsTask();
        await database.WaitUntilSomebodyWaitsAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
        await transaction.RollbackAsync();
        Assert.Equal(1, (await store.FindAsync(ann.Id, default))!.Version);
        Assert.Null(await store.FindAsync(Samples.Pending(2, "bob").Id, default));
    }

    [PostgresFact]
    public async Task Lease_RowsLockedByOthers_ArePassedOver()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        var store = database.CreateStore();
        var (ann, bob) = (Samples.Pending(1, "ann", "a.example"), Samples.Pending(2, "bob", "b.example"));
        await store.CommitAsync(new ClaimCommit { Claims = [ann, bob] }, default);
        await using var context = database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM domain_verification_due WHERE claim_id = {ann.Id.Value} FOR UPDATE");

        var leased = await store.LeaseDueClaimsAsync(
            new LeaseRequest(Samples.Now.AddDays(7), TimeSpan.FromMinutes(1), 10), default);

        Assert.Equal(bob.Id, Assert.Single(leased).Id);
    }

    private static async Task LockDomainAsync(NpgsqlConnection connection, string domain)
    {
        await using var command = new NpgsqlCommand(
            "SELECT 1 FROM domain_verification_domains WHERE domain = $1 FOR UPDATE", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = domain });
        await command.ExecuteNonQueryAsync();
    }
}
