using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace DomainVerification.EntityFrameworkCore.Internal;

/// <summary>
/// The context of one call of the store, a fresh one or the one that the host enlisted, with its connection and
/// transaction.
/// </summary>
internal sealed class StoreSession(DbContext context) : IAsyncDisposable
{
    private bool _isOpen;

    public DbContext Context { get; } = context;

    public StoreTables Tables { get; } = StoreTables.Of(context);

    /// <summary>Whether the call runs inside a transaction that the host will end.</summary>
    public bool IsInTransaction => Context.Database.CurrentTransaction is not null || System.Transactions.Transaction.Current is not null;

    public DbTransaction? Transaction => Context.Database.CurrentTransaction?.GetDbTransaction();

    public int? CommandTimeout => Context.Database.GetCommandTimeout();

    /// <summary>The open connection of the context.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await Context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            _isOpen = true;
        }

        return Context.Database.GetDbConnection();
    }

    public DbCommand CreateCommand(string sql)
    {
        var command = Context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = Transaction;
        command.CommandTimeout = CommandTimeout ?? command.CommandTimeout;
        return command;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        using var command = CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOpen)
        {
            await Context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }
}
