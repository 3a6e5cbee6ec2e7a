namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>
/// A domain that changed hands was released by that very holding, and approved where the claim says so; one that came back had been
/// undone or given up, and has a token that nobody had before; and no trail names the other side.
/// </summary>
internal static class DecidedTakeovers
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var trails = snapshot.Events.ToLookup(item => item.ClaimId);
        foreach (var claim in snapshot.Claims.Where(claim => claim.Transfer is { State: TransferState.Done, Holder: not null }))
        {
            var about = claim.Transfer!.Holder!;
            if (!trails[about.ClaimId].Any(item => item.Type == ClaimEventTypes.Released && item.Epoch == about.Epoch))
            {
                yield return $"{claim.Id} took the domain over from {about.ClaimId} at epoch {about.Epoch}, which was not released.";
            }

            // Who holds a domain next that was given up keeps the case by which it changed hands, so the approval may be in another trail.
            if (claim.Transfer.Verdict is { } verdict && !snapshot.Events.Any(item => item.Type == ClaimEventTypes.ReviewApproved
                && item.Domain.Equals(claim.Domain) && (item.At - verdict.At).Duration() < TimeSpan.FromMilliseconds(1)))
            {
                yield return $"{claim.Id} took the domain over by an approval, and nobody approved it.";
            }
        }

        foreach (var restored in snapshot.Events.Where(item => item.Type == ClaimEventTypes.Restored))
        {
            var last = snapshot.Events
                .Where(item => item.Domain.Equals(restored.Domain) && item.Epoch < restored.Epoch && IsBeginning(item))
                .MaxBy(item => item.Epoch);
            if (last is null || !trails[last.ClaimId].Any(item => item.Epoch == last.Epoch
                && item.Type is ClaimEventTypes.TransferUndone or ClaimEventTypes.Unclaimed))
            {
                yield return $"{restored.ClaimId} got its domain back at {restored.At:O}, and nothing was undone or given up before.";
            }
        }

        foreach (var same in snapshot.Claims.GroupBy(claim => claim.Challenge.Token).Where(claims => claims.Count() > 1))
        {
            yield return $"{string.Join(" and ", same.Select(claim => claim.Id))} have the same token.";
        }

        var owners = snapshot.Claims.Select(claim => claim.Owner).ToHashSet(StringComparer.Ordinal);
        foreach (var item in snapshot.Events.Where(item => item.Actor.Id != item.Owner && owners.Contains(item.Actor.Id)))
        {
            yield return $"{item.Type} of {item.ClaimId} names another owner.";
        }
    }

    private static bool IsBeginning(ClaimEvent item) => item.Type is ClaimEventTypes.Claimed or ClaimEventTypes.Restored;
}
