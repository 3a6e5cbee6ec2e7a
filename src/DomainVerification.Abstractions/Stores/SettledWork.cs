namespace DomainVerification;

/// <summary>What became of a piece of work: it is finished, it is to be tried again, or it is a dead letter.</summary>
/// <param name="Id">The identity of the operation.</param>
/// <param name="RetryAt">When to try again, UTC; <see langword="null"/> when the work is not to be tried again by itself.</param>
/// <param name="Error">Why this try did not succeed; <see langword="null"/> when it did.</param>
/// <param name="DeadAt">
/// Since when the work is a dead letter, UTC; <see langword="null"/> when it is to be tried again, or is finished and leaves the outbox.
/// Never together with <paramref name="RetryAt"/>.
/// </param>
public sealed record SettledWork(
    Guid Id,
    DateTimeOffset? RetryAt = null,
    DomainVerificationError? Error = null,
    DateTimeOffset? DeadAt = null);

/// <summary>
/// A dead letter that is to be tried again. It goes to the end of its queue, that of its (profile, domain) and
/// <see cref="ClaimWork.Target"/>, its tries counted from 0.
/// </summary>
/// <param name="Id">The identity of the operation.</param>
/// <param name="DueAt">When to do it, UTC.</param>
public sealed record ReplayedWork(Guid Id, DateTimeOffset DueAt);
