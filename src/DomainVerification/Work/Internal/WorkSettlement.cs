using DomainVerification.Claims.Internal;

namespace DomainVerification.Work.Internal;

/// <summary>What the end of an operation writes: the move of its claim, and the work that it leaves behind.</summary>
internal static class WorkSettlement
{
    /// <summary>Whether work makes identities that its claim still waits for, or has failed to get.</summary>
    public static bool AwaitsProvisioning(DomainClaim? claim, ClaimWork work) =>
        work.Kind == ClaimWorkKind.Provision
        && claim is { Status: ClaimStatus.Provisioning }
        && (claim.Id, claim.Epoch) == (work.ClaimId, work.Epoch)
        && claim.Provisioning.Any(step => step.Provisioner == work.Target && step.State != ProvisioningStepState.Done);

    /// <summary>The commit that ends an operation.</summary>
    /// <param name="work">The operation.</param>
    /// <param name="result">How it ended: done, or failed for good.</param>
    /// <param name="claim">Its claim as it is now.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="commits">Puts the move of the claim into a commit.</param>
    public static ClaimCommit Of(ClaimWork work, ProvisionResult result, DomainClaim? claim, DateTimeOffset now, ClaimCommits commits)
    {
        var decided = claim is not null && CommandOf(work, result, claim) is { } command
            ? ClaimLifecycle.Apply(claim, command, ClaimActor.System, now)
            : null;
        var commit = decided is { Error: null } ? commits.Of(decided) : new ClaimCommit();
        return commit with
        {
            Work = IsLate(work, result, claim) ? [.. commit.Work, ReleaseOf(work, result, now)] : commit.Work,
            Settled = [Settled(work, result, claim, now)],
        };
    }

    /// <summary>
    /// Why an operation is not done. A code that no database can keep would keep the operation from ever being settled.
    /// </summary>
    public static DomainVerificationError ErrorOf(ProvisionResult result) => result.Error switch
    {
        null => new(DomainVerificationErrorCodes.ProvisionerFaulted, "The provisioner did not say why."),
        { } error when !HostIdentifier.IsText(error.Code) =>
            new(DomainVerificationErrorCodes.ProvisionerFaulted, "The provisioner said why with a code that is no text."),
        { } error => error,
    };

    /// <summary>
    /// Work that failed for good is a dead letter, unless it is a provision that nobody waits for any more: there is nothing to replay.
    /// </summary>
    private static SettledWork Settled(ClaimWork work, ProvisionResult result, DomainClaim? claim, DateTimeOffset now) =>
        result.Status == ProvisionStatus.Failed && (work.Kind != ClaimWorkKind.Provision || AwaitsProvisioning(claim, work))
            ? new SettledWork(work.Id, null, ErrorOf(result), now)
            : new SettledWork(work.Id, null, result.Error);

    private static ClaimCommand? CommandOf(ClaimWork work, ProvisionResult result, DomainClaim claim) => (work.Kind, result.Status) switch
    {
        (ClaimWorkKind.Release, ProvisionStatus.Failed) => new ClaimCommand.FailRelease(work.Epoch, ErrorOf(result).Code),
        (ClaimWorkKind.Provision, ProvisionStatus.Done) when AwaitsProvisioning(claim, work) => Made(work, result, claim),
        (ClaimWorkKind.Provision, ProvisionStatus.Failed) when AwaitsProvisioning(claim, work) =>
            new ClaimCommand.FailProvisioning(work.Target, ErrorOf(result)),
        _ => null,
    };

    private static ClaimCommand Made(ClaimWork work, ProvisionResult result, DomainClaim claim)
    {
        var identities = Named(work, result);
        var isLast = claim.Provisioning.All(step => step.State == ProvisioningStepState.Done || step.Provisioner == work.Target);
        return isLast
            ? new ClaimCommand.FinishProvisioning(work.Target, identities)
            : new ClaimCommand.AdvanceProvisioning(work.Target, identities);
    }

    /// <summary>The identities with the name of who made them, so that their release finds its way back.</summary>
    private static IReadOnlyList<ProvisionedIdentity> Named(ClaimWork work, ProvisionResult result) =>
        [.. result.Identities.Select(identity => identity with { Provisioner = work.Target })];

    /// <summary>Whether identities were made for a holding that ended meanwhile, so that its release may not know them.</summary>
    private static bool IsLate(ClaimWork work, ProvisionResult result, DomainClaim? claim) =>
        work.Kind == ClaimWorkKind.Provision
        && result.Identities.Count > 0
        && !(claim is { Status.Holds: true } && claim.Epoch == work.Epoch);

    private static ClaimWork ReleaseOf(ClaimWork work, ProvisionResult late, DateTimeOffset now) => work with
    {
        Id = HoldingWork.OperationId(work.ClaimId, "ReleaseLate", work.Target, work.Epoch),
        Kind = ClaimWorkKind.Release,
        Identities = Named(work, late),
        CreatedAt = now,
        DueAt = now,
        Attempts = 0,
        LastError = null,
    };
}
