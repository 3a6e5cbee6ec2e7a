namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>Every operation that was started is finished, or waits where an operator sees it.</summary>
internal static class FinishedOperations
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var awaited = snapshot.Work.Where(work => work.Kind == ClaimWorkKind.Provision).ToLookup(work => (work.ClaimId, work.Epoch));
        foreach (var claim in snapshot.Claims.Where(claim => claim.Status == ClaimStatus.Provisioning))
        {
            if (claim.ProvisioningError is null && !awaited.Contains((claim.Id, claim.Epoch)))
            {
                yield return $"{claim.Id} waits for the identities of epoch {claim.Epoch}, and nobody makes them.";
            }
        }

        foreach (var claim in snapshot.Claims.Where(claim => claim.DueAt is not null))
        {
            yield return $"{claim.Id} is {claim.Status}, due at {claim.DueAt:O}, and nobody looks at it.";
        }

        foreach (var work in snapshot.Work.Where(work => work.DeadAt is null))
        {
            yield return $"{work.Kind} {work.Id} of {work.ClaimId}, epoch {work.Epoch}, due at {work.DueAt:O}, was not done.";
        }
    }
}
