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
            foreach (var step in steps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!await RunAsync(session, step, cancellationToken).ConfigureAwait(false))
                {
                    return step.Statement.Refusal;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            await transaction.CommitAsync().ConfigureAwait(false);
            return null;
        }
    }

    private static async Task<bool> RunAsync(StoreSession session, Step step, CancellationToken cancellationToken)
    {
        using var command = session.CreateCommand(step.Statement.Sql);
        for (var i = 0; i < step.Arguments.Count; i++)
        {
            step.Arguments[i].AddTo(command.Parameters, command.CreateParameter(), i < UsualNames.Length ? UsualNames[i] : NameOf(i));
        }

        if (step.Statement.Kind == StatementKind.MustHold)
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is 1L;
        }

        var written = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return step.Statement.Kind == StatementKind.Free || written > 0;
    }

    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"${index + 1}");
}
