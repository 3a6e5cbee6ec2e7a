namespace DomainVerification;

/// <summary>One atomic change of the store.</summary>
public sealed record ClaimCommit
{
    /// <summary>
    /// The new states of claims. A claim of version 1 is inserted; a claim of version <c>n</c> replaces the stored state of version
    /// <c>n - 1</c>, and no other. A claim may appear once.
    /// </summary>
    public IReadOnlyList<DomainClaim> Claims { get; init; } = [];

    /// <summary>The audit events of the change, in order.</summary>
    public IReadOnlyList<ClaimEvent> Events { get; init; } = [];

    /// <summary>The work that the change causes, in the order in which each queue does it.</summary>
    public IReadOnlyList<ClaimWork> Work { get; init; } = [];

    /// <summary>What became of work that was leased; and dead letters that are discarded, as finished work.</summary>
    public IReadOnlyList<SettledWork> Settled { get; init; } = [];

    /// <summary>Dead letters that are to be tried again.</summary>
    public IReadOnlyList<ReplayedWork> Replayed { get; init; } = [];

    /// <summary>
    /// Idempotent requests whose outcome this commit is, so that a crash leaves both or neither. Only a store that is an
    /// <see cref="IIdempotencyStore"/> too takes any; others throw a <see cref="NotSupportedException"/>.
    /// </summary>
    public IReadOnlyList<IdempotencyCompletion> Completed { get; init; } = [];
}

/// <summary>How a commit ended. Where there are several reasons to refuse it, any of them is told.</summary>
public enum ClaimCommitStatus
{
    /// <summary>Everything was written.</summary>
    Committed,

    /// <summary>
    /// Nothing was written, because somebody else was faster: a claim is no longer at the expected version; or a claim is live beside
    /// another live claim, the newest or not, of the same (profile, owner, domain); or a new claim's <see cref="Challenge.Generation"/> is
    /// not above that of the owner's newest claim to the (profile, domain), live or ended; or a claim, a new one too, comes to hold with an
    /// epoch that is not above all earlier ones of the (profile, domain); or settled work is unknown, was settled before, or is neither the
    /// head of its queue, that of its (profile, domain) and <see cref="ClaimWork.Target"/>, nor a dead letter that is finished; or replayed
    /// work is no dead letter; or a completed request is no longer run by this run.
    /// Read again and decide anew.
    /// </summary>
    VersionConflict,

    /// <summary>
    /// Nothing was written, because another claim, which this commit does not end, holds the (profile, domain) and either claim is
    /// exclusive.
    /// </summary>
    AlreadyHeld,
}
