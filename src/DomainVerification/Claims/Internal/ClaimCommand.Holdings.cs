namespace DomainVerification.Claims.Internal;

internal abstract partial record ClaimCommand
{
    /// <summary>The owner comes to hold the domain; there is nothing to provision.</summary>
    internal sealed record Claim(long Epoch, ClaimTransfer? Transfer = null, DateTimeOffset? DueAt = null)
        : ClaimCommand(ClaimAction.Claim);

    /// <summary>The owner comes to hold the domain, and identities are to be made by these provisioners.</summary>
    internal sealed record ClaimAndProvision(
        long Epoch,
        IReadOnlyList<string> Provisioners,
        ClaimTransfer? Transfer = null,
        DateTimeOffset? DueAt = null) : ClaimCommand(ClaimAction.ClaimAndProvision);

    /// <summary>A provisioner has made its identities; others have not yet.</summary>
    internal sealed record AdvanceProvisioning(string Provisioner, IReadOnlyList<ProvisionedIdentity> Identities)
        : ClaimCommand(ClaimAction.AdvanceProvisioning);

    /// <summary>The last provisioner has made its identities.</summary>
    internal sealed record FinishProvisioning(string Provisioner, IReadOnlyList<ProvisionedIdentity> Identities)
        : ClaimCommand(ClaimAction.FinishProvisioning);

    /// <summary>A provisioner cannot make its identities.</summary>
    internal sealed record FailProvisioning(string Provisioner, DomainVerificationError Error) : ClaimCommand(ClaimAction.FailProvisioning);

    /// <summary>
    /// Identities that could not be made are to be made after all, for the same holding, save those of provisioners that the profile does
    /// not have any more.
    /// </summary>
    internal sealed record RetryProvisioning(IReadOnlyList<string> Provisioners) : ClaimCommand(ClaimAction.RetryProvisioning);

    /// <summary>All identities are made but those of provisioners that the profile does not have any more.</summary>
    internal sealed record SettleProvisioning(IReadOnlyList<string> Provisioners) : ClaimCommand(ClaimAction.SettleProvisioning);

    /// <summary>Another owner takes the domain over.</summary>
    internal sealed record Release() : ClaimCommand(ClaimAction.Release);

    /// <summary>What was made for a holding that ended cannot be removed.</summary>
    internal sealed record FailRelease(long Epoch, string Reason) : ClaimCommand(ClaimAction.FailRelease);

    /// <summary>
    /// An operator lets a dead letter be tried again. A provision must be for the present holding, which then waits for it once more.
    /// </summary>
    internal sealed record ReplayWork(ClaimWork Work) : ClaimCommand(ClaimAction.ReplayWork);

    /// <summary>An operator gives a dead letter up.</summary>
    internal sealed record DiscardWork(ClaimWork Work) : ClaimCommand(ClaimAction.DiscardWork);
}
