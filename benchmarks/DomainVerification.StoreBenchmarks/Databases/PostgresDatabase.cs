using System.Data.Common;
using DomainVerification.StoreBenchmarks.Measuring;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace DomainVerification.StoreBenchmarks.Databases;

/// <summary>A database on a PostgreSQL that waits for the disk.</summary>
internal sealed class PostgresDatabase : BenchmarkDatabase
{
    private PostgresDatabase(NpgsqlDataSource source) => Source = source;

    /// <summary>The connections, which all that is measured on the database shares.</summary>
    public NpgsqlDataSource Source { get; }

    public override string Name => "PostgreSQL";

    public override IReadOnlyList<string> Maintenance => ["VACUUM ANALYZE", "CHECKPOINT"];

    public override string Explain => "EXPLAIN (ANALYZE, BUFFERS)";

    public override string IdOfNumber => "(lpad(to_hex(i), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid";

    /// <param name="server">The server.</param>
    /// <param name="preparedStatements">How many statements a connection prepares by itself: 0 is the driver's default.</param>
    public static async Task<PostgresDatabase> CreateAsync(PostgresServer server, int preparedStatements = 0)
    {
        var text = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync())
        {
            ConnectionIdleLifetime = 300,
            MaxAutoPrepare = preparedStatements,
        };
        var database = new PostgresDatabase(NpgsqlDataSource.Create(text));
        await database.CreateTablesAsync();
        return database;
    }

    public override DbConnection CreateConnection() => Source.CreateConnection();

    public override async Task<ServerProcessor> GetProcessorAsync()
    {
        await using var connection = await Source.OpenConnectionAsync();
        return await ServerProcessor.OfAsync(connection);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Source.DisposeAsync();
    }

    protected override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(Source);
}
