namespace DomainVerification;

/// <summary>
/// The outbox as an operator sees it: the work that waits for the worker, and the dead letters, which wait for somebody to decide. Not
/// scoped to an owner, so nothing of it is for customers. Expected refusals are answered with a <see cref="WorkResult"/>; exceptions are
/// for bugs and outages. Safe for parallel use.
/// </summary>
public interface IOutbox
{
    /// <summary>Lists work in the order of its creation.</summary>
    /// <param name="query">Which work; <see cref="WorkQuery.IsDead"/> picks the dead letters. All where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not from 1 to <see cref="WorkQuery.MaximumPageSize"/>.</exception>
    Task<WorkPage> ListAsync(WorkQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Finds one piece of work; <see langword="null"/> where it is finished, was discarded, or never was.</summary>
    /// <param name="id">The identity of the operation: <see cref="ClaimWork.Id"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ClaimWork?> FindAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets a dead letter be tried again, under the same operation id and with its tries counted anew. It goes to the end of its queue,
    /// that of its domain and <see cref="ClaimWork.Target"/>. A claim that failed to get its identities waits for them again: its
    /// <see cref="DomainClaim.ProvisioningError"/> is cleared in the same commit. Leaves the event
    /// <see cref="ClaimEventTypes.WorkReplayed"/>.
    /// </summary>
    /// <param name="id">The identity of the operation.</param>
    /// <param name="actor">Who replays it, for the audit trail.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed, or everything.</param>
    /// <returns>
    /// Refused with <c>work_not_dead</c> where the work waits for its turn already, and with <c>holding_ended</c> where it makes identities
    /// for a holding that ended; not found with <c>work_not_found</c>.
    /// </returns>
    Task<WorkResult> ReplayAsync(Guid id, ClaimActor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a dead letter up: it leaves the outbox undone. What a release was to remove stays until somebody removes it by hand; a claim
    /// whose identities could not be made keeps its <see cref="DomainClaim.ProvisioningError"/>. Leaves the event
    /// <see cref="ClaimEventTypes.WorkDiscarded"/>.
    /// </summary>
    /// <param name="id">The identity of the operation.</param>
    /// <param name="actor">Who discards it, for the audit trail.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed, or everything.</param>
    /// <returns>
    /// Refused with <c>work_not_dead</c> where the work waits for its turn; not found with <c>work_not_found</c>.
    /// </returns>
    Task<WorkResult> DiscardAsync(Guid id, ClaimActor actor, CancellationToken cancellationToken = default);
}
