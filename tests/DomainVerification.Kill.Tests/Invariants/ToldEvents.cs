namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>The event handler was told of every event, some of them more than once, and of those of a claim in their order.</summary>
internal static class ToldEvents
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var dead = snapshot.Work.Where(work => work.Kind == ClaimWorkKind.Notify)
            .Select(work => (work.ClaimId, work.ClaimVersion)).ToHashSet();
        var told = snapshot.Notices.Select(row => row.EventId).ToHashSet();
        foreach (var item in snapshot.Events.Where(item => !told.Contains(item.Id) && !dead.Contains((item.ClaimId, item.ClaimVersion))))
        {
            yield return $"{item.Type} of {item.ClaimId}, version {item.ClaimVersion}, was told to nobody.";
        }

        foreach (var claim in snapshot.Notices.GroupBy(row => row.ClaimId))
        {
            var first = claim.DistinctBy(row => row.EventId).ToList();
            foreach (var (former, next) in first.Zip(first.Skip(1)).Where(pair => pair.First.ClaimVersion > pair.Second.ClaimVersion))
            {
                yield return $"Version {next.ClaimVersion} of {claim.Key} was told after version {former.ClaimVersion}.";
            }
        }
    }
}
