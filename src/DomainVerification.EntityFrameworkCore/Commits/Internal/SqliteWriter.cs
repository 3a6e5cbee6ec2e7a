using System.Data.Common;
using System.Globalization;
using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>
/// Runs the steps one after another inside the one write transaction that SQLite allows at a time; in a transaction of the host, behind a
/// savepoint of it.
/// </summary>
internal static class SqliteWriter
{
    private static readonly string[] UsualNames = [.. Enumerable.Range(0, 64).Select(NameOf)];

    /// <summary>Runs the steps; gives the refusal, or <see langword="null"/> where they are written.</summary>
    public static async Task<Refusal?> WriteAsync(StoreSession session, IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var transaction = await SqliteTransactionScope.BeginAsync(session, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // Neighbours are often the same statement, which is then prepared once.
            using var prepared = new PreparedCommand(session);
            foreach (var step in steps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!await RunAsync(prepared.Of(step), step, cancellationToken).ConfigureAwait(false))
                {
                    return step.Statement.Refusal;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            await transaction.CommitAsync().ConfigureAwait(false);
            return null;
        }
    }

    private static async Task<bool> RunAsync(DbCommand command, Step step, CancellationToken cancellationToken)
    {
        if (step.Statement.Kind == StatementKind.MustHold)
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is 1L;
        }

        var written = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return step.Statement.Kind == StatementKind.Free || written > 0;
    }

    private static string NameAt(int index) => index < UsualNames.Length ? UsualNames[index] : NameOf(index);

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"${index + 1}");

    /// <summary>The command of the present step, which is that of the step before where both have the same statement.</summary>
    private sealed class PreparedCommand(StoreSession session) : IDisposable
    {
        private Statement? _statement;
        private DbCommand? _command;

        public DbCommand Of(Step step)
        {
            if (_command is not null && ReferenceEquals(_statement, step.Statement))
            {
                for (var i = 0; i < step.Arguments.Count; i++)
                {
                    _command.Parameters[i].Value = step.Arguments[i].Value ?? DBNull.Value;
                }

                return _command;
            }

            _command?.Dispose();
            (_statement, _command) = (step.Statement, session.CreateCommand(step.Statement.Sql));
            for (var i = 0; i < step.Arguments.Count; i++)
            {
                step.Arguments[i].AddTo(_command.Parameters, _command.CreateParameter(), NameAt(i));
            }

            return _command;
        }

        public void Dispose() => _command?.Dispose();
    }
}
