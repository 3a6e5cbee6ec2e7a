using System.Data;
using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DomainVerification.EntityFrameworkCore.Tests.Postgres;

/// <summary>
/// Transactions that go on seeing what was there when they began. What they have missed must take them back: work that is put behind a head
/// which is gone would never be leased.
/// </summary>
public sealed class PostgresIsolationTests
{
    private static readonly DomainClaim Ann = Samples.Pending(1, "ann");
    private static readonly ClaimWork First = Samples.Work(1, Ann);
    private static readonly ClaimWork Second = Samples.Work(2, Ann);

    [PostgresTheory]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Serializable)]
    public async Task Enqueue_HeadFinishedSinceTheHostsSnapshot_TakesTheHostsTransactionBack(IsolationLevel isolation)
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        var store = database.CreateStore();
        await store.CommitAsync(new ClaimCommit { Claims = [Ann], Work = [First] }, default);
        await using var context = database.CreateContext();
        await using (await context.Database.BeginTransactionAsync(isolation))
        {
            using (ClaimTransaction.Enlist(context))
            {
                Assert.NotNull(await store.FindWorkAsync(First.Id, default));
            }

            await store.CommitAsync(new ClaimCommit { Settled = [new SettledWork(First.Id)] }, default);
            using (ClaimTransaction.Enlist(context))
            {
                var error = await Assert.ThrowsAsync<PostgresException>(() =>
                    store.CommitAsync(new ClaimCommit { Work = [Second] }, default).AsTask());
                Assert.Equal(PostgresErrorCodes.SerializationFailure, error.SqlState);
            }
        }

        await using (var again = await context.Database.BeginTransactionAsync(isolation))
        {
            using var enlistment = ClaimTransaction.Enlist(context);
            Assert.Equal(ClaimCommitStatus.Committed, await store.CommitAsync(new ClaimCommit { Work = [Second] }, default));
            await again.CommitAsync();
        }

        Assert.Equal(Second.Id, Assert.Single(await LeaseAsync(store)).Id);
    }

    [PostgresFact]
    public async Task Settle_WorkPutBehindItWhileItWaits_LetsThatWorkBeLeased()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        var store = database.CreateStore();
        var repeatable = CreateRepeatableStore(database);
        await store.CommitAsync(new ClaimCommit { Claims = [Ann], Work = [First] }, default);
        await using var context = database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        using (ClaimTransaction.Enlist(context))
        {
            await store.CommitAsync(new ClaimCommit { Work = [Second] }, default);
        }

        var settling = repeatable.CommitAsync(new ClaimCommit { Settled = [new SettledWork(First.Id)] }, default).AsTask();
        await database.WaitUntilSomebodyWaitsAsync();
        await transaction.CommitAsync();

        Assert.Equal(ClaimCommitStatus.Committed, await settling);
        Assert.Equal(Second.Id, Assert.Single(await LeaseAsync(store)).Id);
    }

    [PostgresFact]
    public async Task DeleteExpired_TakenBackByTheDatabase_IsTriedAgain()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        var repeatable = (IIdempotencyStore)CreateRepeatableStore(database);
        await repeatable.BeginAsync(
            new IdempotencyRequest
            {
                Key = new IdempotencyKey("scope", "key"),
                Fingerprint = new byte[] { 1 },
                Run = Guid.CreateVersion7(Samples.Now),
                Now = Samples.Now,
                LeaseDuration = TimeSpan.FromMinutes(1),
                Lifetime = TimeSpan.FromHours(1),
            },
            default);
        await using var context = database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlAsync($"DELETE FROM domain_verification_idempotency");

        var deleting = repeatable.DeleteExpiredAsync(Samples.Now.AddDays(1), 10, default).AsTask();
        await database.WaitUntilSomebodyWaitsAsync();
        await transaction.CommitAsync();

        Assert.Equal(0, await deleting);
    }

    /// <summary>A store on a server whose transactions keep their first snapshot, unless they say otherwise.</summary>
    private static IClaimStore CreateRepeatableStore(PostgresStoreDatabase database) => database
        .CreateHost(builder => builder.UseEntityFrameworkCoreStore(options =>
            options.UseNpgsql(database.ConnectionString + @";Options=-c default_transaction_isolation=repeatable\ read")))
        .GetRequiredService<IClaimStore>();

    private static async Task<IReadOnlyList<ClaimWork>> LeaseAsync(IClaimStore store) =>
        await store.LeaseWorkAsync(new LeaseRequest(Samples.Now.AddHours(1), TimeSpan.FromMinutes(1), 10), default);
}
