using System.Data.Common;
using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>
/// The write transaction of SQLite, taken at once (<c>BEGIN IMMEDIATE</c>), so that it never has to be given up half-way. The writers of
/// this process wait for one another without holding a thread; only writers of other processes are waited for by trying again.
/// </summary>
internal sealed class SqliteTransactionScope : IAsyncDisposable
{
    private const string Savepoint = "domain_verification";

    private readonly StoreSession _session;
    private readonly SqliteDatabase? _database;
    private readonly string _rollback;
    private readonly string _commit;
    private bool _isOver;

    private SqliteTransactionScope(StoreSession session, SqliteDatabase? database, string commit, string rollback) =>
        (_session, _database, _commit, _rollback) = (session, database, commit, rollback);

    /// <exception cref="TimeoutException">Another process kept the database locked for longer than a command may wait.</exception>
    public static async Task<SqliteTransactionScope> BeginAsync(StoreSession session, CancellationToken cancellationToken)
    {
        var connection = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (session.IsInTransaction)
        {
            await session.ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
            return new SqliteTransactionScope(
                session, null, $"RELEASE {Savepoint}", $"ROLLBACK TO {Savepoint}; RELEASE {Savepoint}");
        }

        var database = SqliteDatabase.Of(connection);
        await database.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await database.PrepareAsync(session, cancellationToken).ConfigureAwait(false);
            await BeginImmediateAsync(session, cancellationToken).ConfigureAwait(false);
            return new SqliteTransactionScope(session, database, "COMMIT", "ROLLBACK");
        }
        catch
        {
            database.Leave();
            throw;
        }
    }

    /// <summary>Writes everything, whether the caller still waits or not.</summary>
    public async Task CommitAsync()
    {
        await _session.ExecuteAsync(_commit, CancellationToken.None).ConfigureAwait(false);
        _isOver = true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_isOver)
            {
                await _session.ExecuteAsync(_rollback, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (DbException exception) when (SqliteDatabase.IsTakenBack(exception))
        {
            // What made SQLite take it back is the exception that the caller should see.
            _isOver = true;
        }
        catch (InvalidOperationException) when (_database is null)
        {
            // The same in a transaction of the host, where the driver knows that it is over and does not ask SQLite.
            _isOver = true;
        }
        finally
        {
            _database?.Leave();
        }
    }

    private static async Task BeginImmediateAsync(StoreSession session, CancellationToken cancellationToken)
    {
        var patience = session.CommandTimeout ?? SqliteDatabase.Patience;
        for (var waited = 0; ; waited += SqliteDatabase.ShortestWait)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var begin = session.CreateCommand("BEGIN IMMEDIATE");
            begin.CommandTimeout = SqliteDatabase.ShortestWait;
            try
            {
                await begin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (DbException exception) when (SqliteDatabase.IsBusy(exception))
            {
                if (waited >= patience)
                {
                    throw new TimeoutException($"The database was locked by another process for {waited} seconds.", exception);
                }
            }
        }
    }
}
