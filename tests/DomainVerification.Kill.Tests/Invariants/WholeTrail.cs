namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>No event is lost or out of order: a claim's trail begins with its request, each event takes up where the last one ended, and the last one agrees with the claim.</summary>
internal static class WholeTrail
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var trails = snapshot.Events.ToLookup(item => item.ClaimId);
        return snapshot.Claims.SelectMany(claim => CheckClaim(claim, [.. trails[claim.Id]]))
            .Concat(snapshot.Events.GroupBy(item => item.Id).Where(same => same.Count() > 1).Select(same => $"The event {same.Key} is there twice."));
    }

    private static IEnumerable<string> CheckClaim(DomainClaim claim, List<ClaimEvent> trail)
    {
        if (trail is not [{ Type: ClaimEventTypes.Requested, ClaimVersion: 1, From: null } first, ..])
        {
            yield return $"The trail of {claim.Id} does not begin with its request.";
            yield break;
        }

        if (first.At != claim.CreatedAt)
        {
            yield return $"{claim.Id} was made at {claim.CreatedAt:O}, and requested at {first.At:O}.";
        }

        foreach (var (former, next) in trail.Zip(trail.Skip(1)))
        {
            // The proof is always there, so each change of a claim leaves an event.
            if (next.ClaimVersion != former.ClaimVersion + 1)
            {
                yield return $"{claim.Id} has no event between versions {former.ClaimVersion} and {next.ClaimVersion}.";
            }

            if (next.From != former.To)
            {
                yield return $"{claim.Id} was {former.To} after {former.Type}, and {next.From} before {next.Type}.";
            }

            if (next.At < former.At)
            {
                yield return $"{claim.Id}: {next.Type} at {next.At:O} follows {former.Type} at {former.At:O}.";
            }
        }

        if (trail[^1].To != claim.Status || trail[^1].ClaimVersion != claim.Version)
        {
            yield return $"{claim.Id} is {claim.Status} at version {claim.Version}, and its trail ends {trail[^1].To} at {trail[^1].ClaimVersion}.";
        }
    }
}
