using System.Text.Json;
using DomainVerification.EntityFrameworkCore.Commits.Internal;
using DomainVerification.EntityFrameworkCore.Model.Internal;
using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Internal;

internal sealed partial class EntityFrameworkCoreClaimStore<TContext>
{
    public async ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = Rows.Column(request.Now);
        var rows = await LeaseAsync(
            request,
            LeaseSql.Claims,
            session => session.Context.Set<DueRow>()
                .Where(due => due.WaitsSince <= now)
                .OrderBy(due => due.WaitsSince)
                .ThenBy(due => due.ClaimId)
                .Take(request.Maximum)
                .Join(Claims(session), due => due.ClaimId, claim => claim.Id, (due, claim) => new { due, claim })
                .OrderBy(item => item.due.WaitsSince)
                .ThenBy(item => item.due.ClaimId)
                .Select(item => item.claim),
            cancellationToken).ConfigureAwait(false);
        return Readable(rows, row => row.Id, Rows.Claim);
    }

    public async ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = Rows.Column(request.Now);
        var rows = await LeaseAsync(
            request,
            LeaseSql.Work,
            session => Work(session)
                .Where(work => work.WaitsSince <= now)
                .OrderBy(work => work.WaitsSince)
                .ThenBy(work => work.Id)
                .Take(request.Maximum),
            cancellationToken).ConfigureAwait(false);
        return Readable(rows, row => row.Id, Rows.Work);
    }

    private Task<List<TRow>> LeaseAsync<TRow>(
        LeaseRequest request,
        Func<StoreTables, LeaseSql> statements,
        Func<StoreSession, IQueryable<TRow>> due,
        CancellationToken cancellationToken,
        params object[] more)
        where TRow : class => RunAsync(
            (session, token) =>
            {
                var sql = statements(session.Tables);
                object[] arguments = [Rows.Column(request.Now), request.Maximum, Rows.Column(request.Now + request.Duration), .. more];
                return session.Tables.Engine == Engine.PostgreSql
                    ? LeaseSkippingLockedAsync<TRow>(session, sql, arguments, token)
                    : LeaseAloneAsync(session, sql, due(session), arguments, token);
            },
            cancellationToken);

    /// <summary>PostgreSQL: one statement that passes over what others are leasing or changing just now.</summary>
    private static Task<List<TRow>> LeaseSkippingLockedAsync<TRow>(
        StoreSession session,
        LeaseSql sql,
        object[] arguments,
        CancellationToken cancellationToken)
        where TRow : class => session.Context.Set<TRow>()
            .FromSqlRaw(sql.SkipLocked, arguments)
            .AsNoTracking()
            .ToListAsync(cancellationToken);

    /// <summary>SQLite: whoever writes is alone, so what is read can be marked. Who finds nothing due does not become a writer.</summary>
    private static async Task<List<TRow>> LeaseAloneAsync<TRow>(
        StoreSession session,
        LeaseSql sql,
        IQueryable<TRow> due,
        object[] arguments,
        CancellationToken cancellationToken)
        where TRow : class
    {
        await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (!await due.AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var transaction = await SqliteTransactionScope.BeginAsync(session, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var rows = await due.ToListAsync(cancellationToken).ConfigureAwait(false);
            await session.Context.Database.ExecuteSqlRawAsync(sql.Alone, arguments, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return rows;
        }
    }

    /// <summary>
    /// What this version can read. While a later version is rolled out, its rows must not keep back those that were leased with them; their
    /// own lease runs out, and then it is the turn of somebody who knows them.
    /// </summary>
    private List<TItem> Readable<TRow, TItem>(List<TRow> rows, Func<TRow, Guid> id, Func<TRow, TItem> read)
    {
        var items = new List<TItem>(rows.Count);
        foreach (var row in rows)
        {
            try
            {
                items.Add(read(row));
            }
            catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException)
            {
                LeaseLog.Unreadable(logger, exception, id(row));
            }
        }

        return items;
    }
}
