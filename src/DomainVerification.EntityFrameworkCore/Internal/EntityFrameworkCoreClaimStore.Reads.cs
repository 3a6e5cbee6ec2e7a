using DomainVerification.EntityFrameworkCore.Model.Internal;
using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Internal;

internal sealed partial class EntityFrameworkCoreClaimStore<TContext>
{
    public async ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken)
    {
        var row = await RunAsync(
            (session, token) => Claims(session).FirstOrDefaultAsync(claim => claim.Id == id.Value, token), cancellationToken)
            .ConfigureAwait(false);
        return row is null ? null : Rows.Claim(row);
    }

    public async ValueTask<DomainClaim?> FindNewestAsync(
        string profile,
        string owner,
        DomainName domain,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(domain);
        var name = domain.Value;
        var row = await RunAsync(
            (session, token) => Claims(session)
                .Where(claim => claim.Profile == profile && claim.Owner == owner && claim.Domain == name)
                .OrderByDescending(claim => claim.Generation)
                .FirstOrDefaultAsync(token),
            cancellationToken).ConfigureAwait(false);
        return row is null ? null : Rows.Claim(row);
    }

    public async ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(domain);
        var name = domain.Value;

        // One statement, so that the epoch and the holder are of one moment.
        var holding = await RunAsync(
            (session, token) => session.Context.Set<DomainRow>().AsNoTracking()
                .Where(item => item.Profile == profile && item.Domain == name)
                .Select(item => new
                {
                    item.Epoch,
                    Holder = session.Context.Set<ClaimRow>().FirstOrDefault(claim =>
                        claim.Profile == item.Profile && claim.Domain == item.Domain && claim.IsHolding && claim.IsExclusive),
                })
                .FirstOrDefaultAsync(token),
            cancellationToken).ConfigureAwait(false);
        return holding is null or { Epoch: 0, Holder: null }
            ? DomainHolding.None
            : new DomainHolding(holding.Epoch, holding.Holder is null ? null : Rows.Claim(holding.Holder));
    }

    public async ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, ClaimQuery.MaximumPageSize);
        var rows = await RunAsync(
            (session, token) => Select(Claims(session), query).OrderBy(claim => claim.Id).Take(query.PageSize + 1).ToListAsync(token),
            cancellationToken).ConfigureAwait(false);
        var claims = rows.Take(query.PageSize).Select(Rows.Claim).ToList();
        return new ClaimPage(claims, rows.Count > query.PageSize ? claims[^1].Id : null);
    }

    public async ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken)
    {
        var rows = await RunAsync(
            (session, token) => session.Context.Set<EventRow>().AsNoTracking()
                .Where(entry => entry.ClaimId == id.Value)
                .OrderBy(entry => entry.ClaimVersion)
                .ToListAsync(token),
            cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(Rows.Event);
    }

    public async ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken)
    {
        var row = await RunAsync(
            (session, token) => Work(session).FirstOrDefaultAsync(work => work.Id == id, token), cancellationToken).ConfigureAwait(false);
        return row is null ? null : Rows.Work(row);
    }

    public async ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, WorkQuery.MaximumPageSize);
        var rows = await RunAsync(
            (session, token) => Select(Work(session), query)
                .OrderBy(work => work.CreatedAt)
                .ThenBy(work => work.Id)
                .Take(query.PageSize + 1)
                .ToListAsync(token),
            cancellationToken).ConfigureAwait(false);
        var work = rows.Take(query.PageSize).Select(Rows.Work).ToList();
        return new WorkPage(work, rows.Count > query.PageSize ? new WorkCursor(work[^1].CreatedAt, work[^1].Id) : null);
    }

    private static IQueryable<ClaimRow> Select(IQueryable<ClaimRow> claims, ClaimQuery query)
    {
        if (query.Profile is { } profile)
        {
            claims = claims.Where(claim => claim.Profile == profile);
        }

        if (query.Owner is { } owner)
        {
            claims = claims.Where(claim => claim.Owner == owner);
        }

        if (query.Domain is { Value: var domain })
        {
            claims = claims.Where(claim => claim.Domain == domain);
        }

        if (query.Statuses.Count > 0)
        {
            var statuses = query.Statuses.Select(status => status.ToString()).ToList();
            claims = claims.Where(claim => statuses.Contains(claim.Status));
        }

        if (query.After is { Value: var after })
        {
            claims = claims.Where(claim => claim.Id > after);
        }

        return claims;
    }

    private static IQueryable<WorkRow> Select(IQueryable<WorkRow> work, WorkQuery query)
    {
        if (query.IsDead is { } isDead)
        {
            work = work.Where(item => item.DeadAt != null == isDead);
        }

        if (query.Profile is { } profile)
        {
            work = work.Where(item => item.Profile == profile);
        }

        if (query.Domain is { Value: var domain })
        {
            work = work.Where(item => item.Domain == domain);
        }

        if (query.After is { } after)
        {
            var createdAt = Rows.Column(after.CreatedAt);
            work = work.Where(item => item.CreatedAt > createdAt || (item.CreatedAt == createdAt && item.Id > after.Id));
        }

        return work;
    }
}
