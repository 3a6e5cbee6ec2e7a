namespace DomainVerification;

/// <summary>
/// Makes and removes what a holder gets with a domain: sending identities, certificates, routes. Called by the worker, at least once for
/// each operation: the same <see cref="ProvisionRequest.OperationId"/> may come again after a crash and must then have no further effect.
/// </summary>
/// <remarks>
/// Calls of one operation may overlap, and must be safe then: a call that goes on after its token was cancelled may still run when the
/// operation is tried again, or when the release of its holding starts. A provision that failed may be followed by another operation for
/// the same claim and epoch, when the owner asks again.
/// </remarks>
public interface IIdentityProvisioner
{
    /// <summary>Makes fresh identities for a holder. Nothing may be shared with, or reachable from, an earlier epoch.</summary>
    /// <param name="request">For whom.</param>
    /// <param name="cancellationToken">Ends the call early; the operation is then tried again.</param>
    Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Removes all that was made for a holding that ended: what is in <see cref="ProvisionRequest.Identities"/>, and whatever a provision
    /// that was under way for the same claim and epoch made in the meantime. Must never touch what belongs to a later epoch. A provision
    /// that ends after its holding did causes a second release of that holding, possibly after the next holder's identities were made.
    /// </summary>
    /// <param name="request">Whose.</param>
    /// <param name="cancellationToken">Ends the call early; the operation is then tried again.</param>
    Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken);
}
