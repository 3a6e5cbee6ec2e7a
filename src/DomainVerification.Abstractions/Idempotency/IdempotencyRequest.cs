namespace DomainVerification;

/// <summary>A request that is about to run.</summary>
public sealed record IdempotencyRequest
{
    /// <summary>The key of the request.</summary>
    public required IdempotencyKey Key { get; init; }

    /// <summary>A digest of the request's content: 1 to 64 bytes. The same key with another digest is refused.</summary>
    public required ReadOnlyMemory<byte> Fingerprint { get; init; }

    /// <summary>The identity of this run, fresh for each call.</summary>
    public required Guid Run { get; init; }

    /// <summary>The present instant, UTC.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>For how long the run may take; then another run may begin.</summary>
    public required TimeSpan LeaseDuration { get; init; }

    /// <summary>For how long the key is remembered, counted from <see cref="Now"/>. Not shorter than the lease.</summary>
    public required TimeSpan Lifetime { get; init; }
}

/// <summary>How an idempotent request begins.</summary>
public enum IdempotencyStatus
{
    /// <summary>The run is on: do the work, then complete or abandon it.</summary>
    Started,

    /// <summary>Another run of the same request is on. Try again later.</summary>
    Running,

    /// <summary>The request ran before: answer with its outcome.</summary>
    Completed,

    /// <summary>The key was used for a request with another content. Whether that one has ended does not matter.</summary>
    KeyReused,
}

/// <summary>How an idempotent request begins.</summary>
/// <param name="Status">Whether to run.</param>
/// <param name="Outcome">The outcome of the first run where <see cref="IdempotencyStatus.Completed"/>; empty otherwise.</param>
/// <param name="LeasedUntil">
/// When the run that is on loses its lease, UTC: this run where <see cref="IdempotencyStatus.Started"/>, the other one where
/// <see cref="IdempotencyStatus.Running"/>; <see langword="null"/> otherwise.
/// </param>
public sealed record IdempotencyAnswer(
    IdempotencyStatus Status,
    ReadOnlyMemory<byte> Outcome = default,
    DateTimeOffset? LeasedUntil = null);

/// <summary>The outcome of a run.</summary>
/// <param name="Key">The key of the request.</param>
/// <param name="Run">The run.</param>
/// <param name="Outcome">The outcome, in the caller's own format: opaque to the store, which keeps it byte for byte, empty or not.</param>
public sealed record IdempotencyCompletion(IdempotencyKey Key, Guid Run, ReadOnlyMemory<byte> Outcome);

/// <summary>Whether a run could be completed or abandoned.</summary>
public enum IdempotencySettlement
{
    /// <summary>The run was on and is now over.</summary>
    Settled,

    /// <summary>Nothing was changed: the run is not on, or no longer.</summary>
    NotRunning,
}
