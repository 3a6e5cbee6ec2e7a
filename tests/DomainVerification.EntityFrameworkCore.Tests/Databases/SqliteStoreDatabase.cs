using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Tests.Databases;

/// <summary>An SQLite file in a folder of its own.</summary>
internal sealed class SqliteStoreDatabase : StoreDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-sqlite-");

    private SqliteStoreDatabase() => ConnectionString = $"Data Source={Path.Combine(_folder.FullName, "claims.db")}";

    public string ConnectionString { get; }

    public static async Task<SqliteStoreDatabase> CreateAsync()
    {
        var database = new SqliteStoreDatabase();
        await using var context = database.CreateContext();
        await context.Database.EnsureCreatedAsync();
        return database;
    }

    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    /// <summary>Closes the idle connections, which keep the file's mode.</summary>
    public void CloseConnections()
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    protected override Task DeleteAsync()
    {
        CloseConnections();
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }
}
