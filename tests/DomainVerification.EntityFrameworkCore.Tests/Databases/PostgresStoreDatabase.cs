using Microsoft.EntityFrameworkCore;

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

    protected override Task DeleteAsync()
    {
        using var connection = new Npgsql.NpgsqlConnection(ConnectionString);
        Npgsql.NpgsqlConnection.ClearPool(connection);
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
