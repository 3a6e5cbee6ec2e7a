namespace DomainVerification.Tests.Claims;

/// <summary>All that a store says of its claims, as text: equal before and after a call that must change nothing.</summary>
internal static class StoreSnapshot
{
    public static async Task<string> SnapshotAsync(this IClaimStore store)
    {
        var lines = new List<string>();
        var page = await store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, default);
        foreach (var claim in page.Claims)
        {
            var holding = await store.FindHoldingAsync(claim.Profile, claim.Domain, default);
            var events = await store.ListEventsAsync(claim.Id, default);
            lines.Add($"{claim} challenge {claim.Challenge} holder {holding.Holder?.Id} epoch {holding.Epoch}");
            lines.AddRange(events.Select(entry => entry.ToString()));
        }

        return string.Join('\n', lines);
    }
}
