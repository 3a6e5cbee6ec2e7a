using DomainVerification.Kill.Host.Identities;
using DomainVerification.Kill.Host.Notices;

namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>Reads everything, through the contract of stores and from the tables of the provisioners and of the event handler.</summary>
internal sealed class SnapshotReader(IClaimStore store, IdentityTable identities, NoticeTable notices)
{
    /// <summary>How many operations and claims still wait for the worker.</summary>
    public async Task<int> CountWaitingAsync(CancellationToken cancellationToken)
    {
        // The claims first: one that is decided between the two reads is gone from the second list, and its work not in the first yet.
        var live = await ListAsync(
            new ClaimQuery { Statuses = [ClaimStatus.Pending, ClaimStatus.Verified, ClaimStatus.InReview] },
            cancellationToken);
        var work = await store.ListWorkAsync(new WorkQuery { IsDead = false, PageSize = WorkQuery.MaximumPageSize }, cancellationToken);
        return work.Work.Count + live.Count(claim => claim.DueAt is not null);
    }

    public async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var claims = await ListAsync(new ClaimQuery(), cancellationToken);
        var events = new List<ClaimEvent>();
        foreach (var claim in claims)
        {
            events.AddRange(await store.ListEventsAsync(claim.Id, cancellationToken));
        }

        var holdings = new Dictionary<DomainName, DomainHolding>();
        foreach (var domain in claims.Select(claim => claim.Domain).Distinct())
        {
            holdings[domain] = await store.FindHoldingAsync(string.Empty, domain, cancellationToken);
        }

        return new Snapshot
        {
            Claims = claims,
            Events = events,
            Holdings = holdings,
            Work = (await store.ListWorkAsync(new WorkQuery { PageSize = WorkQuery.MaximumPageSize }, cancellationToken)).Work,
            Identities = await identities.ListAsync(cancellationToken),
            Notices = await notices.ListAsync(cancellationToken),
        };
    }

    private async Task<List<DomainClaim>> ListAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        var claims = new List<DomainClaim>();
        query = query with { PageSize = ClaimQuery.MaximumPageSize };
        do
        {
            var page = await store.ListAsync(query, cancellationToken);
            claims.AddRange(page.Claims);
            query = query with { After = page.Next };
        }
        while (query.After is not null);

        return claims;
    }
}
