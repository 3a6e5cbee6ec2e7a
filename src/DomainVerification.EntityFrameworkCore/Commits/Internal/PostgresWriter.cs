using System.Data.Common;
using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>
/// Sends all steps as one batch: one round trip, which the server runs as one transaction. A step that is not as it must be is an error and
/// takes everything back; in a transaction of the host, only as far as the savepoint in front.
/// </summary>
internal static class PostgresWriter
{
    private const string Savepoint = "domain_verification";

    /// <summary>Runs the steps; gives the refusal, or <see langword="null"/> where they are written.</summary>
    public static async Task<Refusal?> WriteAsync(StoreSession session, IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var connection = await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        using var batch = connection.CreateBatch();
        batch.Transaction = session.Transaction;
        batch.Timeout = session.CommandTimeout ?? batch.Timeout;
        if (session.IsInTransaction)
        {
            Add(batch, $"SAVEPOINT {Savepoint}");
        }

        foreach (var step in steps)
        {
            Add(batch, step.Statement.Sql, step.Arguments);
        }

        if (session.IsInTransaction)
        {
            Add(batch, $"RELEASE SAVEPOINT {Savepoint}");
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (DbException exception) when (PostgresRefusal.Find(exception, session.Tables) is { } refusal)
        {
            if (session.IsInTransaction)
            {
                // Whether the caller still waits or not: the transaction is the host's, and must stay usable.
                await session.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Savepoint}", CancellationToken.None).ConfigureAwait(false);
            }

            return refusal;
        }
    }

    private static void Add(DbBatch batch, string sql, params IReadOnlyList<Argument> arguments)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        foreach (var argument in arguments)
        {
            argument.AddTo(command.Parameters, command.CreateParameter(), name: null);
        }

        batch.BatchCommands.Add(command);
    }
}
