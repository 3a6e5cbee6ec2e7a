namespace DomainVerification.Claims.Internal;

/// <summary>The claims that wait for a domain which somebody else holds.</summary>
internal sealed class ClaimContenders(IClaimStore store)
{
    /// <summary>
    /// In how many rounds of a move its commit wakes others. Each that is woken is bound to its version, so that some who never rest could
    /// keep a holder from giving its domain up; after so many conflicts they look by themselves when their time has come.
    /// </summary>
    public const int WakingRounds = 8;

    /// <summary>How many are woken at the most, so that the commit stays of a size that every store takes.</summary>
    private const int Most = 100;

    /// <summary>
    /// Lets the worker look at once at every claim that waits for a domain whose holding ends: what it waits for is over. Part of the
    /// commit that ends the holding, so that none of them is forgotten.
    /// </summary>
    /// <param name="holder">The claim whose holding ends.</param>
    /// <param name="others">The claims that the commit changes anyway.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task<IReadOnlyList<LifecycleResult>> WakeAsync(
        DomainClaim holder,
        IReadOnlyCollection<DomainClaim> others,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // Beyond the most, they look by themselves when their wait or their review is over.
        var contenders = await ListAsync(holder, others, cancellationToken).ConfigureAwait(false);
        return
        [
            .. contenders.Select(claim => ClaimLifecycle.Apply(
                claim,
                new ClaimCommand.NoteTransfer(claim.Transfer!, now),
                ClaimActor.System,
                now)),
        ];
    }

    /// <summary>The first contenders, however many have merely proved the domain.</summary>
    private async Task<IReadOnlyList<DomainClaim>> ListAsync(
        DomainClaim holder,
        IReadOnlyCollection<DomainClaim> others,
        CancellationToken cancellationToken)
    {
        var contenders = new List<DomainClaim>();
        var query = new ClaimQuery
        {
            Profile = holder.Profile,
            Domain = holder.Domain,
            Statuses = [ClaimStatus.Verified, ClaimStatus.InReview],
        };
        while (true)
        {
            var page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            contenders.AddRange(page.Claims.Where(claim =>
                others.All(other => other.Id != claim.Id)
                && claim.Transfer is { State: TransferState.Waiting or TransferState.InReview or TransferState.Approved }));
            if (page.Next is null || contenders.Count >= Most)
            {
                return [.. contenders.Take(Most)];
            }

            query = query with { After = page.Next };
        }
    }
}
