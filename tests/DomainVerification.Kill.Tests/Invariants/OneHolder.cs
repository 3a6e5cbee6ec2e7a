namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>
/// At most one claim holds a domain, at every moment of the audit trail. Holdings are put in the order of their epochs: each must have
/// ended when the next began. A takeover ends one and begins the other at the same instant.
/// </summary>
internal static class OneHolder
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var holdings = snapshot.Events
            .GroupBy(item => item.ClaimId)
            .SelectMany(Holding.ReadAll)
            .ToLookup(holding => holding.Domain);
        return holdings.SelectMany(domain => CheckDomain([.. domain.OrderBy(holding => holding.Epoch)], snapshot))
            .Concat(snapshot.Holdings.Where(item => item.Value.Epoch > 0 && !holdings.Contains(item.Key))
                .Select(item => $"{item.Key} has epoch {item.Value.Epoch} and no holding in the trail."));
    }

    private static IEnumerable<string> CheckDomain(List<Holding> holdings, Snapshot snapshot)
    {
        foreach (var (former, next) in holdings.Zip(holdings.Skip(1)))
        {
            if (former.Epoch == next.Epoch)
            {
                yield return $"{former} and {next} have the same epoch.";
            }
            else if (former.EndedAt is null)
            {
                yield return $"{former} has not ended, and {next} began.";
            }
            else if (former.EndedAt > next.BeganAt)
            {
                yield return $"{former} ended after {next} began.";
            }
        }

        var last = holdings[^1];
        var holder = last.EndedAt is null ? last.ClaimId : (ClaimId?)null;
        var stored = snapshot.Holdings[last.Domain];
        if (stored.Epoch != last.Epoch || stored.Holder?.Id != holder)
        {
            yield return $"The last holding is {last} and the store says epoch {stored.Epoch}, holder {stored.Holder?.Id}.";
        }
    }

    private sealed record Holding(DomainName Domain, ClaimId ClaimId, long Epoch, DateTimeOffset BeganAt, DateTimeOffset? EndedAt)
    {
        public static IEnumerable<Holding> ReadAll(IEnumerable<ClaimEvent> trail)
        {
            Holding? open = null;
            foreach (var item in trail)
            {
                if (item.Type is ClaimEventTypes.Claimed or ClaimEventTypes.Restored)
                {
                    if (open is not null)
                    {
                        yield return open;
                    }

                    open = new Holding(item.Domain, item.ClaimId, item.Epoch, item.At, null);
                }
                else if (open is not null
                    && item.Type is ClaimEventTypes.Unclaimed or ClaimEventTypes.Released or ClaimEventTypes.TransferUndone)
                {
                    yield return open with { EndedAt = item.At };
                    open = null;
                }
            }

            if (open is not null)
            {
                yield return open;
            }
        }

        public override string ToString() => $"{Domain} epoch {Epoch} of {ClaimId}, from {BeganAt:O} to {EndedAt:O},";
    }
}
