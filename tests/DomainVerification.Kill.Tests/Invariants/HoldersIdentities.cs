using DomainVerification.Kill.Host.Identities;

namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>
/// The identities that exist are those of the present holders, for their present holdings: none is missing, and no loser has one.
/// </summary>
internal static class HoldersIdentities
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var made = snapshot.Identities.ToLookup(row => row.ClaimId);
        var claims = snapshot.Claims.ToDictionary(claim => claim.Id);
        foreach (var holder in snapshot.Claims)
        {
            var expected = holder.Identities.Select(identity => identity.Id).Order(StringComparer.Ordinal).ToList();
            var found = made[holder.Id].Where(row => row.Epoch == holder.Epoch).Select(row => row.Id)
                .Order(StringComparer.Ordinal).ToList();
            var steps = holder.Provisioning.Count(step => step.State == ProvisioningStepState.Done);
            if (expected.Count != steps * RecordingProvisioner.Kinds.Count)
            {
                yield return $"{holder.Id} has {expected.Count} identities at epoch {holder.Epoch}, of {steps} provisioners.";
            }

            if (holder.Status.Holds && !expected.SequenceEqual(found))
            {
                yield return $"{holder.Id} is {holder.Status} at epoch {holder.Epoch} with [{Join(expected)}], and [{Join(found)}] exist.";
            }
        }

        var twice = snapshot.Claims.SelectMany(claim => claim.Identities).GroupBy(identity => identity.Id).Where(same => same.Count() > 1);
        foreach (var identity in twice)
        {
            yield return $"The identity {identity.Key} is there twice.";
        }

        foreach (var row in snapshot.Identities)
        {
            if (snapshot.Claims.SelectMany(claim => claim.Identities).FirstOrDefault(identity => identity.Id == row.Id) is { } known
                && known.Provisioner != row.Provisioner)
            {
                yield return $"{row} is said to be of {known.Provisioner}.";
            }

            var claim = claims.GetValueOrDefault(row.ClaimId);
            if (claim is not { Status.Holds: true } || claim.Epoch != row.Epoch)
            {
                yield return $"{row} belongs to a loser: its claim is {claim?.Status.ToString() ?? "unknown"}, epoch {claim?.Epoch}.";
            }
        }
    }

    private static string Join(IEnumerable<string> ids) => string.Join(", ", ids);
}
