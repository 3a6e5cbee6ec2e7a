namespace DomainVerification;

/// <summary>
/// Keeps claims, their audit trail and the work that they cause. All rules of the workflow are above the store; the store keeps five
/// promises: a commit is all or nothing; a stale version changes nothing; the generations of an owner's claims to a (profile, domain) only
/// rise; at most one claim holds a (profile, domain) where the claim is exclusive; and whatever was committed is found by every later read.
/// </summary>
/// <remarks>
/// A store in SQL keeps the third promise with a unique key of (profile, owner, domain, generation): without it, a request that was slow to
/// commit would bring the token of a claim that came and went meanwhile back to life, where tokens are derived.
/// Profiles and owners are compared ordinally, domains by <see cref="DomainName.Value"/>. Instants are kept to the millisecond or finer;
/// what counts is the instant, whatever offset it came with. Calls on a (profile, domain) that overlap answer as if they had come one after
/// the other. A cancelled token ends a call with <see cref="OperationCanceledException"/> and leaves nothing half-written. An outage of the
/// medium is an exception of the store's own kind; every expected refusal is a value.
/// </remarks>
public interface IClaimStore
{
    /// <summary>Finds a claim, live or ended.</summary>
    /// <param name="id">The identity of the claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the newest claim of an owner to a domain: the one with the highest <see cref="Challenge.Generation"/>, live or ended.
    /// </summary>
    /// <param name="profile">The profile; empty for the default profile.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<DomainClaim?> FindNewestAsync(string profile, string owner, DomainName domain, CancellationToken cancellationToken);

    /// <summary>Finds who holds a domain, and the highest epoch that any claim ever held it with.</summary>
    /// <param name="profile">The profile; empty for the default profile.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken);

    /// <summary>
    /// Lists claims in the order of their <see cref="ClaimId"/>, which is that of its text. Paging misses and repeats no claim that exists
    /// throughout.
    /// </summary>
    /// <param name="query">Which claims.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size of the page is out of its range.</exception>
    ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken);

    /// <summary>Lists the audit trail of a claim, oldest first.</summary>
    /// <param name="id">The identity of the claim.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken);

    /// <summary>
    /// Leases claims whose <see cref="DomainClaim.DueAt"/> has come, the longest waiting first: waiting since they are due or, where a
    /// lease ran out unused, since then. A leased claim is not leased again until the lease runs out or a commit changes the claim. However
    /// many workers lease at the same time, each claim goes to one of them.
    /// </summary>
    /// <param name="request">Until when to look, and how much to lease for how long.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Leases outbox work that is due, the longest waiting first: waiting since it is due or, where a lease ran out unused, since then.
    /// The work of a (profile, domain) and <see cref="ClaimWork.Target"/> is a queue, in the order in which it was committed: work waits
    /// while earlier work of its queue is unfinished, and for no other queue. A commit that adds or replays work brings the
    /// <see cref="ClaimWork.DueAt"/> of the head of that queue forward to its own, so that a retry which is days away does not hold up the
    /// next holder; the heads of other targets stay as they are. Leased work is not leased again until the lease runs out or a commit
    /// settles it. Dead letters are never leased and hold up nothing.
    /// </summary>
    /// <param name="request">Until when to look, and how much to lease for how long.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Finds work of the outbox: waiting, leased or a dead letter; <see langword="null"/> where it is finished or unknown.
    /// </summary>
    /// <param name="id">The identity of the operation.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the work of the outbox in the order of <see cref="ClaimWork.CreatedAt"/> and <see cref="ClaimWork.Id"/>, which is that of its
    /// text. Paging misses and repeats no work that is there throughout.
    /// </summary>
    /// <param name="query">Which work.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size of the page is out of its range.</exception>
    ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Writes claims, events and work together, or nothing at all. The only write there is. See <see cref="ClaimCommitStatus"/> for the
    /// refusals.
    /// </summary>
    /// <param name="commit">What to write.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing was written, or everything.</param>
    /// <exception cref="ArgumentException">
    /// An event belongs to a claim that is neither stored nor in the commit; or an operation is twice in the commit; or settled work has
    /// both a retry and a death; or the commit could be written, save that an operation of it is in the outbox already. A stale commit is
    /// never told so: two callers who make the same move bring the same operation, and the second gets the
    /// <see cref="ClaimCommitStatus.VersionConflict"/>. Nothing was written.
    /// </exception>
    ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken);
}
