namespace DomainVerification;

/// <summary>
/// Tells how the identities of a holding are now. A provisioner that knows implements it beside <see cref="IIdentityProvisioner"/>; the
/// claim keeps only what was made, which is enough for a release and says nothing of what DNS holds today.
/// </summary>
public interface IIdentityStatuses
{
    /// <summary>The identities that this provisioner has for the present holding of a claim; empty where it knows of none.</summary>
    /// <param name="claim">The claim, which holds. Only what belongs to its <see cref="DomainClaim.Epoch"/> may be told.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<IReadOnlyList<IdentityStatus>> ListStatusesAsync(DomainClaim claim, CancellationToken cancellationToken);
}
