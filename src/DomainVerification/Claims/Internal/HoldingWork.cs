namespace DomainVerification.Claims.Internal;

/// <summary>The work that moves of a claim cause for its provisioners: one operation for each of them.</summary>
internal static class HoldingWork
{
    public static IReadOnlyList<ClaimWork> Of(
        DomainClaim before,
        DomainClaim next,
        ClaimCommand command,
        DateTimeOffset now) => command switch
        {
            ClaimCommand.ClaimAndProvision => Provisions(next, now),

            // The operation that failed has ended: another one for the same holding needs its own identity.
            ClaimCommand.RetryProvisioning retry =>
            [
                .. before.Provisioning
                .Where(step => step.State == ProvisioningStepState.Failed && retry.Provisioners.Contains(step.Provisioner))
                .Select(step => New(next, ClaimWorkKind.Provision, step.Provisioner, now) with
                {
                    Id = OperationId(next.Id, "ProvisionAgain", step.Provisioner, next.Version),
                }),
        ],
            ClaimCommand.Unclaim or ClaimCommand.Release or ClaimCommand.UndoTransfer =>
            [
                .. before.Provisioning.Select(step => New(next, ClaimWorkKind.Release, step.Provisioner, now) with
            {
                Identities = [.. before.Identities.Where(identity => identity.Provisioner == step.Provisioner)],
            }),
        ],
            _ => [],
        };

    /// <summary>The operations that make the identities of a holding.</summary>
    public static IReadOnlyList<ClaimWork> Provisions(DomainClaim claim, DateTimeOffset now) =>
        [.. claim.Provisioning.Select(step => New(claim, ClaimWorkKind.Provision, step.Provisioner, now))];

    /// <summary>The identity of an operation for a provisioner.</summary>
    public static Guid OperationId(ClaimId claim, string kind, string provisioner, long number) =>
        StableId.Of(claim, provisioner.Length == 0 ? kind : $"{kind}/{provisioner}", number);

    private static ClaimWork New(DomainClaim claim, ClaimWorkKind kind, string provisioner, DateTimeOffset now) => new()
    {
        Id = OperationId(claim.Id, kind.ToString(), provisioner, claim.Epoch),
        Kind = kind,
        Target = provisioner,
        ClaimId = claim.Id,
        Profile = claim.Profile,
        Owner = claim.Owner,
        Domain = claim.Domain,
        Epoch = claim.Epoch,
        CreatedAt = now,
        DueAt = now,
    };
}
