using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>A database, as the writers of this process share it: one at a time, in the order in which they came.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "It lives as long as the process.")]
internal sealed class SqliteDatabase
{
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

    public Task EnterAsync(CancellationToken cancellationToken) => _gate.WaitAsync(cancellationToken);

    public void Leave() => _gate.Release();

    /// <summary>Lets readers go on while somebody writes. The mode stays with the file, so the first writer sets it.</summary>
    public async Task PrepareAsync(StoreSession session, CancellationToken cancellationToken)
    {
        if (!_isPrepared)
        {
            await session.ExecuteAsync("PRAGMA journal_mode = WAL", cancellationToken).ConfigureAwait(false);
            _isPrepared = true;
        }
    }
}
