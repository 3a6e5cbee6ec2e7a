namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>
/// No event is lost or out of order: a claim's trail begins with its request, or with the return of its domain, each event takes up
/// where the last one ended, the last one agrees with the claim, and every version has its event, unless it was to have none.
/// </summary>
internal static class WholeTrail
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var trails = snapshot.Events.ToLookup(item => item.ClaimId);
        return snapshot.Claims.SelectMany(claim => CheckClaim(claim, [.. trails[claim.Id]], snapshot.Silent))
            .Concat(snapshot.Events
                .GroupBy(item => item.Id)
                .Where(same => same.Count() > 1)
                .Select(same => $"The event {same.Key} is there twice."));
    }

    private static IEnumerable<string> CheckClaim(DomainClaim claim, List<ClaimEvent> trail, IReadOnlySet<SilentChange> silent)
    {
        if (trail is not [{ Type: ClaimEventTypes.Requested or ClaimEventTypes.Restored, ClaimVersion: 1, From: null } first, ..])
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
            if (next.From != former.To)
            {
                yield return $"{claim.Id} was {former.To} after {former.Type}, and {next.From} before {next.Type}.";
            }

            if (next.At < former.At)
            {
                yield return $"{claim.Id}: {next.Type} at {next.At:O} follows {former.Type} at {former.At:O}.";
            }
        }

        if (trail[^1].To != claim.Status)
        {
            yield return $"{claim.Id} is {claim.Status}, and its trail ends with {trail[^1].To}.";
        }

        if (trail.Zip(trail.Skip(1)).Any(pair => pair.Second.ClaimVersion <= pair.First.ClaimVersion))
        {
            yield return $"The events of {claim.Id} do not come in the order of their versions.";
        }

        var versions = trail.Select(item => item.ClaimVersion).ToHashSet();
        for (var version = 1L; version <= claim.Version; version++)
        {
            if (!versions.Contains(version) && !silent.Contains(new SilentChange(claim.Id, version)))
            {
                yield return $"The event of version {version} of {claim.Id} is lost.";
            }
        }
    }
}
