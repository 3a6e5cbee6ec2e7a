using System.Data.Common;
using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>
/// Sends all steps as one batch: one round trip, which the server runs as one transaction. A step that is not as it must be is an error and
/// takes everything back; in a transaction of the host, only as far as the savepoint in front.
/// </summary>
internal static class PostgresWriter
{
    public const string DivisionByZero = "22012";
    public const string UniqueViolation = "23505";
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

        var first = batch.BatchCommands.Count;
        foreach (var step in steps)
        {
            Add(batch, step.Sql, step.Arguments);
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
        catch (DbException exception) when (exception.SqlState is DivisionByZero or UniqueViolation)
        {
            if (session.IsInTransaction)
            {
                await session.ExecuteAsync($"ROLLBACK TO SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
            }

            return RefusalOf(exception, steps, batch.BatchCommands.IndexOf(exception.BatchCommand!) - first, session.Tables);
        }
    }

    private static Refusal RefusalOf(DbException exception, IReadOnlyList<Step> steps, int failed, StoreTables tables) =>
        exception.SqlState == UniqueViolation && exception.Message.Contains(tables.HolderIndex, StringComparison.Ordinal)
            ? Refusal.AlreadyHeld
            : steps[failed].Refusal;

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
