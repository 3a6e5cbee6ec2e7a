namespace DomainVerification;

/// <summary>
/// The takeovers that a person decides about, and those that a person can undo. Not scoped to an owner, so nothing of it is for customers.
/// Expected refusals are answered with a <see cref="TransferReviewResult"/>; exceptions are for bugs and outages. Safe for parallel use.
/// </summary>
public interface ITransferReviews
{
    /// <summary>
    /// Lists the cases that wait for a decision, in the order of their claims' identities, which is that of their
    /// requests.
    /// </summary>
    /// <param name="query">Which; all where <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not from 1 to
    /// <see cref="TransferReviewQuery.MaximumPageSize"/>.</exception>
    Task<TransferReviewPage> ListAsync(TransferReviewQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one case; <see langword="null"/> where none of that claim waits for a decision.</summary>
    /// <param name="claim">The claimant's claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<TransferReview?> FindAsync(ClaimId claim, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decides for the claimant. The worker then releases the holder and lets the claimant hold, once the claimant's proof is fresh: where
    /// it is older than the profile allows by then, it is looked for again. Leaves the event <see cref="ClaimEventTypes.ReviewApproved"/>.
    /// </summary>
    /// <param name="claim">The claimant's claim.</param>
    /// <param name="decision">Who decides, on what, and why.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed, or everything.</param>
    /// <returns>
    /// Refused with <c>review_stale</c> where the case is not the one that was read, or the holding that it is about has ended; with
    /// <c>reviewer_is_party</c> where the profile asks for somebody else; not found with <c>review_not_found</c>.
    /// </returns>
    Task<TransferReviewResult> ApproveAsync(ClaimId claim, TransferReviewDecision decision, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decides for the holder. The claimant's claim ends as <see cref="ClaimStatus.Rejected"/> and its token is dead. Leaves the event
    /// <see cref="ClaimEventTypes.ReviewRejected"/>.
    /// </summary>
    /// <param name="claim">The claimant's claim.</param>
    /// <param name="decision">Who decides, on what, and why.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed, or everything.</param>
    /// <returns>As <see cref="ApproveAsync"/>, save that a holding that has ended is no reason to refuse.</returns>
    Task<TransferReviewResult> RejectAsync(ClaimId claim, TransferReviewDecision decision, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives a domain back to the owner that it was taken over from, as long as the profile's <see cref="TransferOptions.UndoWindow"/> is
    /// open. The present holder is released, and the former one gets a new claim that holds at once, with a fresh token and fresh
    /// identities: nothing of its former holding comes back to life. A claim that the former holder has made since ends. All in one commit,
    /// with the events <see cref="ClaimEventTypes.TransferUndone"/> and <see cref="ClaimEventTypes.Restored"/>.
    /// </summary>
    /// <param name="claim">
    /// The claim that took the domain over, whether it holds it or has given it up; where somebody else has claimed it since, that one's.
    /// </param>
    /// <param name="decision">Who decides, on what, and why.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed, or everything.</param>
    /// <returns>
    /// Done, with the claim of the former holder that holds now as <see cref="TransferReviewResult.Restored"/>. Refused with
    /// <c>undo_not_possible</c>, <c>review_stale</c> or <c>reviewer_is_party</c>; not found with <c>claim_not_found</c>.
    /// </returns>
    Task<TransferReviewResult> UndoAsync(ClaimId claim, TransferReviewDecision decision, CancellationToken cancellationToken = default);
}
