namespace DomainVerification.Transfers.Internal;

/// <summary>Keeps a takeover undoable when the taker gives the domain up and somebody, it or a friend of its, claims it again.</summary>
internal sealed class OpenUndoing(IClaimStore store)
{
    /// <summary>
    /// The takeover by which the domain was last held, where that can still be undone; <see langword="null"/> where it was no takeover, its
    /// window is over, or the claimant is who the domain was taken from.
    /// </summary>
    /// <param name="claim">The claim that is to hold the domain, which is free.</param>
    /// <param name="lastEpoch">The epoch of the last holding.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task<ClaimTransfer?> FindAsync(DomainClaim claim, long lastEpoch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await LastHolderAsync(claim, lastEpoch, cancellationToken).ConfigureAwait(false)
            is not { Transfer: { State: TransferState.Done, Until: { } until, Holder: { } about } transfer } || until <= now)
        {
            return null;
        }

        var former = await store.FindAsync(about.ClaimId, cancellationToken).ConfigureAwait(false);
        return string.Equals(former?.Owner, claim.Owner, StringComparison.Ordinal) ? null : transfer;
    }

    private async Task<DomainClaim?> LastHolderAsync(DomainClaim claim, long lastEpoch, CancellationToken cancellationToken)
    {
        var query = new ClaimQuery { Profile = claim.Profile, Domain = claim.Domain };
        while (true)
        {
            var page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            var last = page.Claims.FirstOrDefault(former => former.Epoch == lastEpoch);
            if (last is not null || page.Next is null)
            {
                return last;
            }

            query = query with { After = page.Next };
        }
    }
}
