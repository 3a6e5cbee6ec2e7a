using Microsoft.Data.Sqlite;

namespace CustomStore;

/// <summary>
/// The one write transaction that SQLite allows at a time, from its first statement on. What was read in it stays true until it ends, so
/// that a check followed by a write is sound. What is not committed is rolled back.
/// </summary>
internal sealed class WriteTransaction : IAsyncDisposable
{
    private readonly SemaphoreSlim _writers;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly CancellationToken _cancellationToken;

    private WriteTransaction(
        SemaphoreSlim writers,
        SqliteConnection connection,
        SqliteTransaction transaction,
        CancellationToken cancellationToken) =>
        (_writers, _connection, _transaction, _cancellationToken) = (writers, connection, transaction, cancellationToken);

    public Session Session => new(_connection, _cancellationToken);

    /// <summary>Waits for the other writers, those of this store first: they hold no thread while they wait.</summary>
    public static async Task<WriteTransaction> BeginAsync(
        SemaphoreSlim writers,
        Func<CancellationToken, Task<SqliteConnection>> open,
        CancellationToken cancellationToken)
    {
        await writers.WaitAsync(cancellationToken);
        SqliteConnection? connection = null;
        try
        {
            connection = await open(cancellationToken);

            // Writers of other processes are waited for in steps that begin with a millisecond; the driver's own begin with 150.
            await new Session(connection, cancellationToken).ExecuteAsync($"PRAGMA busy_timeout = 5000");

            // BEGIN IMMEDIATE: a deferred transaction would read first and find out too late that somebody else has written since.
            var transaction = connection.BeginTransaction(deferred: false);
            return new WriteTransaction(writers, connection, transaction, cancellationToken);
        }
        catch
        {
            connection?.Dispose();
            writers.Release();
            throw;
        }
    }

    /// <summary>Writes everything. A token that is cancelled by now takes everything back; later ones come too late.</summary>
    public async Task CommitAsync()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        await _transaction.CommitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
        }
        finally
        {
            _writers.Release();
        }
    }
}
