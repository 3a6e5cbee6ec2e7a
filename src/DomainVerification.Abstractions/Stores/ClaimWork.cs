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

    /// <summary>
    /// Who does it: the name that a provisioner or an event handler is registered under, at most 256 characters; empty for the default
    /// provisioner. Compared ordinally. Work of one (profile, domain) waits for earlier work of the same target, whatever its kind, and for
    /// no other.
    /// </summary>
    public string Target { get; init; } = string.Empty;

    /// <summary>For <see cref="ClaimWorkKind.Notify"/>: the <see cref="ClaimEvent.ClaimVersion"/> of the event; 0 for other work.</summary>
    public long ClaimVersion { get; init; }

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

    /// <summary>
    /// Since when the work is a dead letter, UTC; <see langword="null"/> while it waits for its turn. A dead letter is kept and not leased,
    /// and holds up no other work, until somebody replays or discards it.
    /// </summary>
    public DateTimeOffset? DeadAt { get; init; }
}

/// <summary>What outbox work does.</summary>
public enum ClaimWorkKind
{
    /// <summary>Remove the identities of a holding that ended.</summary>
    Release,

    /// <summary>Make the identities of a new holding.</summary>
    Provision,

    /// <summary>Tell an event handler of an event.</summary>
    Notify,
}
