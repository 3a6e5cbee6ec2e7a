using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.EntityFrameworkCore.Tests.Sqlite;

/// <summary>What the store does about SQLite's one writer.</summary>
public sealed class SqliteLockTests
{
    [Fact]
    public async Task Commit_FileMadeWithoutWal_SwitchesItOn()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        database.CloseConnections();
        await using var other = new SqliteConnection(database.ConnectionString + ";Pooling=False");
        await other.OpenAsync();
        Assert.Equal("delete", await ExecuteAsync(other, "PRAGMA journal_mode = DELETE"));

        await database.CreateStore().CommitAsync(new ClaimCommit { Claims = [Samples.Pending(1, "ann")] }, default);

        await using var later = new SqliteConnection(database.ConnectionString + ";Pooling=False");
        await later.OpenAsync();
        Assert.Equal("wal", await ExecuteAsync(later, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Commit_LockedByAnotherProcess_WaitsForIt()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        await using var other = await LockAsync(database);

        // The driver waits on the caller's thread, so the commit gets one of its own.
        var commit = Task.Factory.StartNew(
            () => database.CreateStore().CommitAsync(new ClaimCommit { Claims = [Samples.Pending(1, "ann")] }, default).AsTask(),
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();
        await ExecuteAsync(other, "COMMIT");

        Assert.Equal(ClaimCommitStatus.Committed, await commit);
    }

    [Fact]
    public async Task Commit_LockedForTooLong_IsATimeout()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        await using var other = await LockAsync(database);
        var store = database.CreateHost(builder => builder.UseEntityFrameworkCoreStore(options =>
            options.UseSqlite(database.ConnectionString, sqlite => sqlite.CommandTimeout(1)))).GetRequiredService<IClaimStore>();

        await Assert.ThrowsAsync<TimeoutException>(() =>
            store.CommitAsync(new ClaimCommit { Claims = [Samples.Pending(1, "ann")] }, default).AsTask());

        Assert.Null(await store.FindAsync(Samples.Pending(1, "ann").Id, default));
        await ExecuteAsync(other, "COMMIT");
        var again = await store.CommitAsync(new ClaimCommit { Claims = [Samples.Pending(1, "ann")] }, default);
        Assert.Equal(ClaimCommitStatus.Committed, again);
    }

    [Fact]
    public async Task Commit_DiskFull_IsTheDriversExceptionAndWritesNothing()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        var store = database.CreateHost(builder => builder.UseEntityFrameworkCoreStore(options =>
            options.UseSqlite(database.ConnectionString).AddInterceptors(new SmallDisk(pages: 40)))).GetRequiredService<IClaimStore>();
        var value = new string('x', 1024);
        var large = Samples.Pending(1, "ann") with
        {
            Properties = Enumerable.Range(0, 64).ToDictionary(number => $"p{number}", _ => value),
        };
        var claims = Enumerable.Range(1, 8).Select(number => large with
        {
            Id = Samples.Pending(number, "ann").Id,
            Owner = $"owner-{number}",
        });

        var error = await Assert.ThrowsAsync<SqliteException>(() =>
            store.CommitAsync(new ClaimCommit { Claims = [.. claims] }, default).AsTask());

        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.Empty((await store.ListAsync(new ClaimQuery(), default)).Claims);
        Assert.Equal(
            ClaimCommitStatus.Committed,
            await store.CommitAsync(new ClaimCommit { Claims = [Samples.Pending(1, "ann")] }, default));
    }

    [Fact]
    public async Task Commit_HostsTransactionTakenBackBySqlite_IsTheDriversExceptionThatSaysWhy()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        var store = database.CreateStore();
        await using var context = database.CreateContext();
        await context.Database.ExecuteSqlAsync(
            $"CREATE TRIGGER full BEFORE INSERT ON domain_verification_claims BEGIN SELECT RAISE(ROLLBACK, 'nothing fits'); END");
        await using var transaction = await context.Database.BeginTransactionAsync();
        using var enlistment = ClaimTransaction.Enlist(context);

        var error = await Assert.ThrowsAsync<SqliteException>(() =>
            store.CommitAsync(new ClaimCommit { Claims = [Samples.Pending(1, "ann")] }, default).AsTask());

        Assert.Contains("nothing fits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_CancelledBehindAnotherWriter_EndsAndLetsOthersPass()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        var store = database.CreateStore();
        await using var other = await LockAsync(database);
        using var cancellation = new CancellationTokenSource();
        var first = Task.Factory.StartNew(
            () => store.CommitAsync(new ClaimCommit { Claims = [Samples.Pending(1, "ann")] }, cancellation.Token).AsTask(),
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await ExecuteAsync(other, "COMMIT");
        Assert.Equal(
            ClaimCommitStatus.Committed,
            await store.CommitAsync(new ClaimCommit { Claims = [Samples.Pending(2, "bob")] }, default));
        Assert.Null(await store.FindAsync(Samples.Pending(1, "ann").Id, default));
    }

    [Fact]
    public async Task Commit_ThirtyTwoWritersOfTwoHosts_AllAreWritten()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        IClaimStore[] stores = [database.CreateStore(), database.CreateStore()];

        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(async writer =>
        {
            await Task.Yield();
            var statuses = new List<ClaimCommitStatus>();
            for (var i = 0; i < 20; i++)
            {
                var claim = Samples.Pending((writer * 20) + i + 1, $"owner-{writer}", $"d{i}.example");
                statuses.Add(await stores[writer % 2].CommitAsync(new ClaimCommit { Claims = [claim] }, default));
            }

            return statuses;
        }));

        Assert.All(results.SelectMany(statuses => statuses), status => Assert.Equal(ClaimCommitStatus.Committed, status));
        Assert.Equal(640, (await stores[0].ListAsync(new ClaimQuery { PageSize = 1000 }, default)).Claims.Count);
    }

    private static async Task<SqliteConnection> LockAsync(SqliteStoreDatabase database)
    {
        var other = new SqliteConnection(database.ConnectionString + ";Pooling=False");
        await other.OpenAsync();
        await ExecuteAsync(other, "BEGIN IMMEDIATE");
        return other;
    }

    private static async Task<object?> ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
