using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.EntityFrameworkCore.Tests.Transactions;

/// <summary>What a provisioner keeps, in the transaction of a host.</summary>
public sealed class HoldingTransactionTests
{
    private static readonly HoldingRecord First = new()
    {
        Key = new HoldingKey(Samples.Pending(1, "ann").Id, 1, "mail"),
        Profile = string.Empty,
        Owner = "ann",
        Domain = DomainName.Parse("acme.example"),
        Version = 1,
        Data = "first",
    };

    [Fact]
    public async Task Save_SqliteInAHostsTransaction_EndsWithIt() => await SaveAsync(await SqliteStoreDatabase.CreateAsync());

    [PostgresFact]
    public async Task Save_PostgreSqlInAHostsTransaction_EndsWithIt() => await SaveAsync(await PostgresStoreDatabase.CreateAsync());

    [PostgresFact]
    public async Task Save_TakenBackByTheDatabase_TellsThatSomebodyElseWasFaster()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        var store = (IHoldingStore)database.CreateStore();
        var repeatable = database
            .CreateHost(builder => builder.UseEntityFrameworkCoreStore(options =>
                options.UseNpgsql(database.ConnectionString + @";Options=-c default_transaction_isolation=repeatable\ read")))
            .GetRequiredService<IHoldingStore>();
        Assert.Equal(HoldingSaveStatus.Saved, await store.SaveHoldingRecordAsync(First, default));
        await using var context = database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync();
        using (ClaimTransaction.Enlist(context))
        {
            Assert.Equal(HoldingSaveStatus.Saved, await store.SaveHoldingRecordAsync(First with { Version = 2, Data = "faster" }, default));
        }

        var saving = repeatable.SaveHoldingRecordAsync(First with { Version = 2, Data = "slower" }, default).AsTask();
        await database.WaitUntilSomebodyWaitsAsync();
        await transaction.CommitAsync();

        Assert.Equal(HoldingSaveStatus.VersionConflict, await saving);
        Assert.Equal("faster", (await store.FindHoldingRecordAsync(First.Key, default))!.Data);
    }

    private static async Task SaveAsync(StoreDatabase database)
    {
        await using var disposed = database;
        var store = (IHoldingStore)database.CreateStore();
        await using var context = database.CreateContext();
        await using (await context.Database.BeginTransactionAsync())
        {
            using var enlistment = ClaimTransaction.Enlist(context);
            Assert.Equal(HoldingSaveStatus.Saved, await store.SaveHoldingRecordAsync(First, default));

            // A refusal leaves the transaction usable.
            Assert.Equal(HoldingSaveStatus.VersionConflict, await store.SaveHoldingRecordAsync(First, default));
            Assert.Equal("first", (await store.FindHoldingRecordAsync(First.Key, default))!.Data);
        }

        Assert.Null(await store.FindHoldingRecordAsync(First.Key, default));
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            using (ClaimTransaction.Enlist(context))
            {
                Assert.Equal(HoldingSaveStatus.Saved, await store.SaveHoldingRecordAsync(First, default));
            }

            await transaction.CommitAsync();
        }

        Assert.NotNull(await store.FindHoldingRecordAsync(First.Key, default));
    }
}
