namespace DomainVerification.ConformanceTests;

/// <summary>What a store may do without and still keep its contract.</summary>
public enum StoreCapability
{
    /// <summary>
    /// Several instances work on one medium, as the processes of a host do, and what one of them committed outlives it. Shown by
    /// overriding <c>ReopenStoreAsync</c>.
    /// </summary>
    SeveralInstances,

    /// <summary>
    /// Calls on a store that was disposed end with <see cref="ObjectDisposedException"/>. Asked of disposable stores only.
    /// </summary>
    ThrowsAfterDisposal,
}

/// <summary>A capability that a store does not have, and why.</summary>
public sealed record MissingCapability
{
    /// <summary>States that a store does without a capability.</summary>
    /// <param name="capability">The capability.</param>
    /// <param name="reason">Why: facts that need the capability are skipped with these words.</param>
    /// <exception cref="ArgumentException">The reason is blank.</exception>
    public MissingCapability(StoreCapability capability, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        Capability = capability;
        Reason = reason;
    }

    /// <summary>The capability.</summary>
    public StoreCapability Capability { get; }

    /// <summary>Why the store does without it.</summary>
    public string Reason { get; }
}
