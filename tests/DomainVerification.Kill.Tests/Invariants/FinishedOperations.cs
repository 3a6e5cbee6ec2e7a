namespace DomainVerification.Kill.Tests.Invariants;

/// <summary>Every operation that was started is finished, or waits where an operator sees it.</summary>
internal static class FinishedOperations
{
    public static IEnumerable<string> Check(Snapshot snapshot)
    {
        var awaited = snapshot.Work.Where(work => work.Kind == ClaimWorkKind.Provision)
            .ToLookup(work => (work.ClaimId, work.Epoch, work.Target));
        foreach (var claim in snapshot.Claims.Where(claim => claim.Status.Holds))
        {
            foreach (var step in claim.Provisioning.Where(step => step.State == ProvisioningStepState.Waiting))
            {
                if (!awaited.Contains((claim.Id, claim.Epoch, step.Provisioner)))
                {
                    yield return $"{claim.Id} waits for {step.Provisioner} at epoch {claim.Epoch}, and nobody does it.";
                }
            }

            if (claim.Provisioning.All(step => step.State == ProvisioningStepState.Done) != (claim.Status == ClaimStatus.Claimed))
            {
                yield return $"{claim.Id} is {claim.Status} with the steps {string.Join(", ", claim.Provisioning)}.";
            }
        }

        foreach (var claim in snapshot.Claims.Where(claim => claim.Status == ClaimStatus.InReview))
        {
            yield return $"{claim.Id} waits for a decision, and nobody decides.";
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
