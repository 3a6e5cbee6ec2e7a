namespace DomainVerification.Identities.Internal;

/// <summary>Reads the progress of a claim off its steps and the work that waits for them.</summary>
internal static class ProvisioningReport
{
    public static ProvisioningProgress Of(DomainClaim claim, IReadOnlyList<ClaimWork> outbox)
    {
        var releases = outbox.Where(work => work.Kind == ClaimWorkKind.Release && IsFormer(claim, work)).ToList();
        var names = claim.Provisioning.Select(step => step.Provisioner)
            .Concat(releases.Select(work => work.Target))
            .Distinct(StringComparer.Ordinal);
        return new ProvisioningProgress(
            claim.Status,
            [
                .. names.SelectMany(name => releases.Where(work => work.Target == name).Select(Release)
                    .Concat(claim.Provisioning.Where(step => step.Provisioner == name).Select(step => Provision(claim, step, outbox)))),
            ]);
    }

    /// <summary>
    /// Whether a release is of a holding before the present one; of any that the claim had, where it holds no more. Who shares a domain has
    /// no holder before it: what is removed for others is not its own to see.
    /// </summary>
    private static bool IsFormer(DomainClaim claim, ClaimWork work) => claim.Status.Holds
        ? work.Epoch < claim.Epoch && (claim.Exclusivity != DomainExclusivity.Shared || work.Owner == claim.Owner)
        : work.ClaimId == claim.Id;

    private static ProvisioningProgressStep Release(ClaimWork work) => work.DeadAt is null
        ? new(work.Target, work.Kind, ProvisioningStepState.Waiting, work.Attempts, work.DueAt)
        : new(work.Target, work.Kind, ProvisioningStepState.Failed, work.Attempts);

    private static ProvisioningProgressStep Provision(DomainClaim claim, ProvisioningStep step, IReadOnlyList<ClaimWork> outbox)
    {
        var work = outbox.LastOrDefault(item =>
            item.Kind == ClaimWorkKind.Provision
            && (item.ClaimId, item.Epoch, item.Target) == (claim.Id, claim.Epoch, step.Provisioner));
        return step.State == ProvisioningStepState.Waiting && work is not null
            ? new(step.Provisioner, ClaimWorkKind.Provision, step.State, work.Attempts, work.DueAt, work.LastError)
            : new(step.Provisioner, ClaimWorkKind.Provision, step.State, work?.Attempts ?? 0, null, step.Error);
    }
}
