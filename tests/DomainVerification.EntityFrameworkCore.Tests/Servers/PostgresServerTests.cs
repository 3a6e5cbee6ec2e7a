using Npgsql;

namespace DomainVerification.EntityFrameworkCore.Tests.Servers;

/// <summary>What the tests of the durable store rely on in the server that they start.</summary>
public sealed class PostgresServerTests
{
    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RestartAsync_RowCommitted_IsStillThere(bool immediate)
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.CreateDatabaseAsync();
        await ExecuteAsync(database, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");

        await server.RestartAsync(immediate);

        Assert.Equal(7, await ExecuteAsync(database, "SELECT id FROM kept"));
    }

    [PostgresFact]
    public async Task RestartAsync_Immediate_IsACrashThatTheServerRecoversFrom()
    {
        await using var server = await PostgresServer.StartAsync();

        await server.RestartAsync(immediate: true);

        Assert.Contains("not properly shut down", server.Log, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task CreateDatabaseAsync_Template_IsCopied()
    {
        var template = await SharedPostgres.CreateDatabaseAsync();
        await ExecuteAsync(template + ";Pooling=false", "CREATE TABLE copied (id int); INSERT INTO copied VALUES (3)");

        var copy = await SharedPostgres.CreateDatabaseAsync(template);

        Assert.Equal(3, await ExecuteAsync(copy, "SELECT id FROM copied"));
    }

    [PostgresFact]
    public async Task CreateDatabaseAsync_ManyAtOnce_AllAreEmptyAndUtf8()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SharedPostgres.CreateDatabaseAsync()));

        Assert.Equal(8, databases.Distinct().Count());
        Assert.Equal("UTF8", await ExecuteAsync(databases[0], "SHOW server_encoding"));
        Assert.Equal(0L, await ExecuteAsync(databases[7], "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
