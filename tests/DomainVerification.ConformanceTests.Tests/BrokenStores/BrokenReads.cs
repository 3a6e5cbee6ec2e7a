using System.Collections.Concurrent;

namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>Compares owners as a case-insensitive collation does.</summary>
internal sealed class CaseInsensitiveKeysStore : WrappedStore
{
    public override async ValueTask<DomainClaim?> FindNewestAsync(
        string profile,
        string owner,
        DomainName domain,
        CancellationToken cancellationToken)
    {
        var query = new ClaimQuery { Profile = profile, Domain = domain, PageSize = ClaimQuery.MaximumPageSize };
        var claims = (await Inner.ListAsync(query, cancellationToken)).Claims;
        return claims.Where(claim => string.Equals(claim.Owner, owner, StringComparison.OrdinalIgnoreCase))
            .MaxBy(claim => claim.Challenge.Generation);
    }
}

/// <summary>Answers who holds from a cache that nobody clears.</summary>
internal sealed class StaleHolderStore : WrappedStore
{
    private readonly ConcurrentDictionary<(string, DomainName), DomainHolding> _cache = new();

    public override async ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue((profile, domain), out var cached))
        {
            return cached;
        }

        var holding = await Inner.FindHoldingAsync(profile, domain, cancellationToken);
        if (holding.Holder is not null)
        {
            _cache[(profile, domain)] = holding;
        }

        return holding;
    }
}

/// <summary>Pages by number instead of by place: what is added before the place shifts all behind it.</summary>
internal sealed class OffsetPagingStore : WrappedStore
{
    private readonly ConcurrentDictionary<ClaimId, int> _offsets = new();

    public override async ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        if (query.PageSize is < 1 or > ClaimQuery.MaximumPageSize)
        {
            return await Inner.ListAsync(query, cancellationToken);
        }

        var all = (await Inner.ListAsync(query with { After = null, PageSize = ClaimQuery.MaximumPageSize }, cancellationToken)).Claims;
        var offset = query.After is { } after ? _offsets.GetValueOrDefault(after, 0) : 0;
        var page = all.Skip(offset).Take(query.PageSize).ToList();
        if (offset + page.Count >= all.Count)
        {
            return new ClaimPage(page, null);
        }

        _offsets[page[^1].Id] = offset + page.Count;
        return new ClaimPage(page, page[^1].Id);
    }
}
