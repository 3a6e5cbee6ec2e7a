using Microsoft.Data.Sqlite;

namespace CustomStore.Tests;

/// <summary>A database in a file of its own, which goes with it.</summary>
internal sealed class TemporaryDatabase
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.db");

    public SqliteClaimStoreOptions Options => new($"Data Source={_path}");

    public async Task<SqliteClaimStore> OpenAsync()
    {
        await SqliteClaimStore.CreateTablesAsync(Options, CancellationToken.None);
        return new SqliteClaimStore(Options);
    }

    public void Delete()
    {
        using var connection = new SqliteConnection(Options.ConnectionString);
        SqliteConnection.ClearPool(connection);
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(_path + suffix);
        }
    }
}
