using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>A database, as the writers of this process share it: one at a time, in the order in which they came.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "It lives as long as the process.")]
internal sealed class SqliteDatabase
{
    /// <summary>
    /// The shortest time that the driver lets a command wait for the lock, in seconds. A cancelled caller waits no
    /// longer.
    /// </summary>
    public const int ShortestWait = 1;

    /// <summary>For how many seconds a writer waits for other processes where the context sets no command timeout.</summary>
    public const int Patience = 30;

    private static readonly ConcurrentDictionary<string, SqliteDatabase> Known = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _isPrepared;

    public static SqliteDatabase Of(DbConnection connection) => Known.GetOrAdd(connection.ConnectionString, _ => new SqliteDatabase());

    /// <summary>Whether another connection has the lock. The driver says so in its message alone, which is in one language.</summary>
    public static bool IsBusy(DbException exception) =>
        exception.Message.StartsWith("SQLite Error 5:", StringComparison.Ordinal)
        || exception.Message.StartsWith("SQLite Error 6:", StringComparison.Ordinal);

    /// <summary>Whether SQLite has taken the transaction back by itself, as it does when the disk is full.</summary>
    public static bool IsTakenBack(DbException exception) =>
        exception.Message.Contains("no transaction is active", StringComparison.Ordinal);

    public Task EnterAsync(CancellationToken cancellationToken) => _gate.WaitAsync(cancellationToken);

    public void Leave() => _gate.Release();

    /// <summary>
    /// Lets readers go on while somebody writes. The mode stays with the file, so the first writer sets it; where somebody else has the
    /// file locked just then, a later one does.
    /// </summary>
    public async Task PrepareAsync(StoreSession session, CancellationToken cancellationToken)
    {
        if (_isPrepared)
        {
            return;
        }

        using var command = session.CreateCommand("PRAGMA journal_mode = WAL");
        command.CommandTimeout = ShortestWait;
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            _isPrepared = true;
        }
        catch (DbException exception) when (IsBusy(exception))
        {
            _isPrepared = false;
        }
    }
}
