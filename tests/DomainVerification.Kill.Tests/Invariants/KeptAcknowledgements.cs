namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>Whatever a caller was told is done stays done.</summary>
internal static class KeptAcknowledgements
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var events = snapshot.Events.ToLookup(item => (item.ClaimId, item.ClaimVersion));
        return snapshot.Acknowledged
            .Where(told => !events[(told.ClaimId, told.Version)].Any(item => item.To == told.Status))
            .Select(told => $"A caller was told that {told.ClaimId} is {told.Status} at version {told.Version}, and it has no such event.");
    }
}
