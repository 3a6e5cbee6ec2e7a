using DomainVerification.PublicSuffixes;

namespace DomainVerification.Work.Internal;

/// <summary>
/// The order in which a batch is looked at: owners and zones take turns, so that one with hundreds of claims, or one whose servers are slow, is not
/// in front of everybody else. Those who wait longest still come first among equals, and batches come in their own order.
/// </summary>
internal static class FairOrder
{
    public static IReadOnlyList<DomainClaim> Of(IReadOnlyList<DomainClaim> claims, IPublicSuffixList suffixes)
    {
        if (claims.Count < 2)
        {
            return claims;
        }

        var owners = new Dictionary<(string Profile, string Owner), int>();
        var zones = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = zones.GetAlternateLookup<ReadOnlySpan<char>>();
        var turns = new int[claims.Count];
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i];
            var name = claim.Domain.Value.AsSpan();
            var zone = name[Math.Max(suffixes.Find(name).RegistrableStart, 0)..];
            var owner = (claim.Profile, claim.Owner);
            var ofOwner = owners.GetValueOrDefault(owner);
            known.TryGetValue(zone, out var ofZone);
            turns[i] = Math.Max(ofOwner, ofZone);
            owners[owner] = ofOwner + 1;
            known[zone] = ofZone + 1;
        }

        return [.. Enumerable.Range(0, claims.Count).OrderBy(i => turns[i]).Select(i => claims[i])];
    }
}
