using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DomainVerification.EntityFrameworkCore.Tests.Databases;

/// <summary>A database on the PostgreSQL server that all tests share.</summary>
internal sealed class PostgresStoreDatabase : StoreDatabase
{
    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    private PostgresStoreDatabase(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    public static async Task<PostgresStoreDatabase> CreateAsync() =>
        new(await SharedPostgres.CreateDatabaseAsync(await Template.Value));

    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

    /// <summary>Waits until a transaction of this database waits for another one.</summary>
    public async Task WaitUntilSomebodyWaitsAsync()
    {
        await using var observer = new NpgsqlConnection(ConnectionString);
        await observer.OpenAsync();
        await Polling.UntilAsync(
            async () =>
            {
                await using var command = new NpgsqlCommand(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", observer);
                return (long)(await command.ExecuteScalarAsync())! > 0;
            },
            waits => waits,
            _ => "Nobody waits for a lock.");
    }

    protected override Task DeleteAsync()
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
        return Task.CompletedTask;
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var template = new PostgresStoreDatabase($"{await SharedPostgres.CreateDatabaseAsync()};Pooling=false");
        await using var context = template.CreateContext();
        await context.Database.EnsureCreatedAsync();
        return template.ConnectionString;
    }
}
