using DomainVerification;
using Microsoft.Data.Sqlite;

namespace CustomStore;

/// <summary>Where the database lies.</summary>
/// <param name="ConnectionString">Such as <c>Data Source=claims.db</c>.</param>
public sealed record SqliteClaimStoreOptions(string ConnectionString);

/// <summary>
/// Keeps claims in SQLite with plain ADO.NET. This file has the connections; the other parts of the class hold the reads, the commit, the
/// leases, the outbox, the idempotent requests and the records of holdings.
/// </summary>
public sealed partial class SqliteClaimStore(SqliteClaimStoreOptions options) : IClaimStore, IIdempotencyStore, IHoldingStore, IDisposable
{
    private readonly SemaphoreSlim _writers = new(1, 1);
    private bool _isDisposed;

    /// <summary>Makes the tables where they are missing. For the host to call once, before it starts.</summary>
    public static async Task CreateTablesAsync(SqliteClaimStoreOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var connection = new SqliteConnection(options.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await Schema.CreateAsync(connection, cancellationToken);
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _writers.Dispose();
        }
    }

    /// <summary>A read is one statement, so that what it tells is of one moment.</summary>
    private async Task<T> ReadAsync<T>(Func<Session, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await read(new Session(connection, cancellationToken));
    }

    private Task<WriteTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return WriteTransaction.BeginAsync(_writers, OpenAsync, cancellationToken);
    }

    /// <summary>Opens a connection; the driver keeps a pool of them.</summary>
    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var connection = new SqliteConnection(options.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
