namespace DomainVerification.Work.Internal;

/// <summary>The dead letters of provisions that nobody waits for any more.</summary>
internal sealed class EndedProvisions(IClaimStore store)
{
    /// <summary>
    /// Those of a provision that a claim has failed to get, to be discarded with the move that makes them pointless: a new operation takes
    /// their place, or the holding ends.
    /// </summary>
    public async Task<IReadOnlyList<SettledWork>> FindAsync(DomainClaim before, DomainClaim after, CancellationToken cancellationToken)
    {
        if (before.ProvisioningError is null || after.ProvisioningError is not null)
        {
            return [];
        }

        var ended = new List<SettledWork>();
        var query = new WorkQuery { IsDead = true, Profile = before.Profile, Domain = before.Domain, PageSize = WorkQuery.MaximumPageSize };
        while (true)
        {
            var page = await store.ListWorkAsync(query, cancellationToken).ConfigureAwait(false);
            var dead = page.Work.Where(work => WorkSettlement.AwaitsProvisioning(before, work));
            ended.AddRange(dead.Select(work => new SettledWork(work.Id)));
            if (page.Next is null)
            {
                return ended;
            }

            query = query with { After = page.Next };
        }
    }
}
