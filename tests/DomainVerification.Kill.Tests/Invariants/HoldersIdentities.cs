using DomainVerification.Kill.Host.Identities;

namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>The identities that exist are those of the present holders, for their present holdings: none is missing, and no loser has one.</summary>
internal static class HoldersIdentities
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var made = snapshot.Identities.ToLookup(row => row.ClaimId);
        var claims = snapshot.Claims.ToDictionary(claim => claim.Id);
        foreach (var claim in snapshot.Claims)
        {
            var expected = claim.Identities.Select(identity => identity.Id).Order(StringComparer.Ordinal).ToList();
            var found = made[claim.Id].Where(row => row.Epoch == claim.Epoch).Select(row => row.Id).Order(StringComparer.Ordinal).ToList();
            if (claim.Status == ClaimStatus.Claimed && expected.Count != RecordingProvisioner.Kinds.Count)
            {
                yield return $"{claim.Id} is claimed at epoch {claim.Epoch} with {expected.Count} identities.";
            }

            if (claim.Status.Holds && !expected.SequenceEqual(found))
            {
                yield return $"{claim.Id} is {claim.Status} at epoch {claim.Epoch} with [{Join(expected)}], and [{Join(found)}] exist.";
            }
        }

        foreach (var row in snapshot.Identities)
        {
            if (claims.GetValueOrDefault(row.ClaimId) is not { Status.Holds: true } claim || claim.Epoch != row.Epoch)
            {
                yield return $"{row} belongs to a loser: its claim is {claims.GetValueOrDefault(row.ClaimId)?.Status.ToString() ?? "unknown"}.";
            }
        }
    }

    private static string Join(IEnumerable<string> ids) => string.Join(", ", ids);
}
