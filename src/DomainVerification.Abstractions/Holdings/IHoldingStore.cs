namespace DomainVerification;

/// <summary>
/// Keeps what provisioners keep for the holdings that they made identities for, beside the claims and in the same database: one record for
/// each (claim, epoch, provisioner). The record's data is the provisioner's own; the store never looks into it.
/// </summary>
/// <remarks>
/// Calls on one record that overlap answer as if they had come one after the other. Names are compared ordinally, instants are kept to the
/// millisecond or finer. A cancelled token ends a call with <see cref="OperationCanceledException"/> and leaves nothing half-written. A
/// store that is an <see cref="IClaimStore"/> too and writes inside transactions of the host does so with records as with claims.
/// </remarks>
public interface IHoldingStore
{
    /// <summary>Finds the record of a provisioner for a holding; <see langword="null"/> where it saved none.</summary>
    /// <param name="key">Which.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken);

    /// <summary>Lists the records of a claim, by epoch and then by provisioner, ordinally.</summary>
    /// <param name="claimId">The claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken);

    /// <summary>
    /// Leases records of a provisioner whose <see cref="HoldingRecord.DueAt"/> has come, the longest waiting first: waiting since they are
    /// due or, where a lease ran out unused, since then. A leased record is not leased again until the lease runs out or it is saved.
    /// However many workers lease at the same time, each record goes to one of them.
    /// </summary>
    /// <param name="provisioner">Whose records.</param>
    /// <param name="request">Until when to look, and how much to lease for how long.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentException">The name is no <see cref="HoldingKey.Provisioner"/>.</exception>
    ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
        string provisioner,
        LeaseRequest request,
        CancellationToken cancellationToken);

    /// <summary>
    /// Saves a record: one of version 1 is inserted, one of version <c>n</c> replaces the stored one of version <c>n - 1</c>, all of it,
    /// and no other. Nothing is asked of the claim, which need not even be stored: what comes late for a holding that ended is kept for
    /// that holding.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Ends the call early; then it is saved, or not at all.</param>
    /// <returns>Whether it was saved, or somebody else was faster.</returns>
    /// <exception cref="ArgumentException">
    /// The record is not as it must be; see <see cref="HoldingRecord.ThrowIfInvalid"/>. Nothing was written.
    /// </exception>
    ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken);
}
