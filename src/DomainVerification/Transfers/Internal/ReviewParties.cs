namespace DomainVerification.Transfers.Internal;

/// <summary>Who belongs to one of the two sides of a takeover.</summary>
internal sealed class ReviewParties(IClaimStore store)
{
    /// <summary>Whether an actor is named like one of the owners, or has acted on one of the claims, other than by deciding.</summary>
    public async Task<bool> IncludeAsync(ClaimActor actor, IEnumerable<DomainClaim> claims, CancellationToken cancellationToken)
    {
        foreach (var claim in claims)
        {
            if (string.Equals(claim.Owner, actor.Id, StringComparison.Ordinal))
            {
                return true;
            }

            // Who made the claim is in its first event, unless it was made by giving a domain back, which is a decision.
            var events = await store.ListEventsAsync(claim.Id, cancellationToken).ConfigureAwait(false);
            if (events.Any(entry => entry.Actor == actor && !IsDecision(entry.Type)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDecision(string type) => type
        is ClaimEventTypes.ReviewApproved
        or ClaimEventTypes.ReviewRejected
        or ClaimEventTypes.TransferUndone
        or ClaimEventTypes.Restored
        or ClaimEventTypes.WorkReplayed
        or ClaimEventTypes.WorkDiscarded;
}
