using DomainVerification;
using Microsoft.Data.Sqlite;

namespace CustomStore;

public sealed partial class SqliteClaimStore
{
    public async ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        await ReadAsync(session => session.FindAsync($"SELECT body FROM claims WHERE id = {id}", ReadClaim), cancellationToken);

    public async ValueTask<DomainClaim?> FindNewestAsync(
        string profile,
        string owner,
        DomainName domain,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(domain);
        return await ReadAsync(
            session => session.FindAsync(
                $"""
                SELECT body FROM claims
                WHERE profile = {profile} AND owner = {owner} AND domain = {domain}
                ORDER BY generation DESC LIMIT 1
                """,
                ReadClaim),
            cancellationToken);
    }

    public async ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(domain);
        var holding = await ReadAsync(
            session => session.FindAsync(
                $"""
                SELECT d.epoch, c.body FROM domains AS d
                LEFT JOIN claims AS c ON c.profile = d.profile AND c.domain = d.domain AND c.is_holding AND c.is_exclusive
                WHERE d.profile = {profile} AND d.domain = {domain}
                """,
                row => new DomainHolding(row.GetInt64(0), row.IsDBNull(1) ? null : StoreJson.Read<DomainClaim>(row.GetString(1)))),
            cancellationToken);
        return holding ?? DomainHolding.None;
    }

    public async ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, ClaimQuery.MaximumPageSize);
        var statuses = query.Statuses.Count == 0 ? null : $"[{string.Join(',', query.Statuses.Select(status => $"\"{status}\""))}]";
        var found = await ReadAsync(
            session => session.ListAsync(
                $"""
                SELECT body FROM claims
                WHERE ({query.Profile} IS NULL OR profile = {query.Profile})
                    AND ({query.Owner} IS NULL OR owner = {query.Owner})
                    AND ({query.Domain} IS NULL OR domain = {query.Domain})
                    AND ({statuses} IS NULL OR status IN (SELECT value FROM json_each({statuses})))
                    AND ({query.After} IS NULL OR id > {query.After})
                ORDER BY id LIMIT {query.PageSize + 1}
                """,
                ReadClaim),
            cancellationToken);

        // One claim more than asked for tells whether there is another page.
        var claims = found.Take(query.PageSize).ToList();
        return new ClaimPage(claims, found.Count > query.PageSize ? claims[^1].Id : null);
    }

    public async ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        await ReadAsync(
            session => session.ListAsync(
                $"SELECT body FROM events WHERE claim_id = {id} ORDER BY version",
                row => StoreJson.Read<ClaimEvent>(row.GetString(0))),
            cancellationToken);

    public async ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) =>
        await ReadAsync(session => FindWorkAsync(session, id), cancellationToken);

    public async ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, WorkQuery.MaximumPageSize);
        var found = await ReadAsync(
            session => session.ListAsync(
                $"""
                SELECT body FROM work
                WHERE ({query.IsDead} IS NULL OR (number IS NULL) = {query.IsDead})
                    AND ({query.Profile} IS NULL OR profile = {query.Profile})
                    AND ({query.Domain} IS NULL OR domain = {query.Domain})
                    AND ({query.After?.Id} IS NULL OR (created_at, id) > ({query.After?.CreatedAt}, {query.After?.Id}))
                ORDER BY created_at, id LIMIT {query.PageSize + 1}
                """,
                ReadWork),
            cancellationToken);
        var work = found.Take(query.PageSize).ToList();
        return new WorkPage(work, found.Count > query.PageSize ? new WorkCursor(work[^1].CreatedAt, work[^1].Id) : null);
    }

    private static DomainClaim ReadClaim(SqliteDataReader row) => StoreJson.Read<DomainClaim>(row.GetString(0));

    private static ClaimWork ReadWork(SqliteDataReader row) => StoreJson.Read<ClaimWork>(row.GetString(0));

    private static Task<ClaimWork?> FindWorkAsync(Session session, Guid id) =>
        session.FindAsync($"SELECT body FROM work WHERE id = {id}", ReadWork);
}
