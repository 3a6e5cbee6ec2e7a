namespace DomainVerification;

/// <summary>Work that a change of a claim causes. It is committed with the change and done afterwards, at least once.</summary>
public sealed record ClaimWork
{
    /// <summary>The identity of the operation, the same for each try.</summary>
    public required Guid Id { get; init; }

    /// <summary>What to do.</summary>
    public required ClaimWorkKind Kind { get; init; }

    /// <summary>The claim that caused it.</summary>
    public required ClaimId ClaimId { get; init; }

    /// <summary>The profile of the claim.</summary>
    public required string Profile { get; init; }

    /// <summary>The owner of the claim.</summary>
    public required string Owner { get; init; }

    /// <summary>The domain of the claim.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>The epoch of the holding that the work is for.</summary>
    public required long Epoch { get; init; }

    /// <summary>The identities that a release removes.</summary>
    public IReadOnlyList<ProvisionedIdentity> Identities { get; init; } = [];

    /// <summary>When the work was committed, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When to do it, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>How many tries have ended without success.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the newest try did not succeed.</summary>
    public DomainVerificationError? LastError { get; init; }
}

/// <summary>What outbox work does.</summary>
public enum ClaimWorkKind
{
    /// <summary>Remove the identities of a holding that ended.</summary>
    Release,

    /// <summary>Make the identities of a new holding.</summary>
    Provision,
}

/// <summary>What became of a piece of work.</summary>
/// <param name="Id">The identity of the operation.</param>
/// <param name="RetryAt">When to try again, UTC; <see langword="null"/> when the work is finished and leaves the outbox.</param>
/// <param name="Error">Why this try did not succeed; <see langword="null"/> when it did.</param>
public sealed record SettledWork(Guid Id, DateTimeOffset? RetryAt = null, DomainVerificationError? Error = null);
