using System.Data.Common;
using DomainVerification.StoreBenchmarks.Measuring;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DomainVerification.StoreBenchmarks.Databases;

/// <summary>An SQLite file in a folder of its own, in WAL mode; <c>synchronous</c> is the default, FULL.</summary>
internal sealed class SqliteDatabase : BenchmarkDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-sqlite-");

    private SqliteDatabase() => ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "claims.db")}";

    public string ConnectionString { get; }

    public override string Name => "SQLite";

    public override IReadOnlyList<string> Maintenance => ["ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"];

    public override string Explain => "EXPLAIN QUERY PLAN";

    public override string IdOfNumber => "printf('%08X-0000-7000-8000-%012X', i, i)";

    public static async Task<SqliteDatabase> CreateAsync()
    {
        var database = new SqliteDatabase();
        await database.CreateTablesAsync();
        await database.ExecuteAsync("PRAGMA journal_mode = WAL");
        return database;
    }

    public override DbConnection CreateConnection() => new SqliteConnection(ConnectionString);

    public override Task<ServerProcessor> GetProcessorAsync() => Task.FromResult(ServerProcessor.None);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
        _folder.Delete(recursive: true);
    }

    protected override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);
}
