namespace DomainVerification;

/// <summary>How an operation of a provisioner ended.</summary>
public enum ProvisionStatus
{
    /// <summary>The operation is done.</summary>
    Done,

    /// <summary>Not now; try again.</summary>
    RetryLater,

    /// <summary>It cannot be done, and trying again will not help.</summary>
    Failed,
}

/// <summary>The answer of a provisioner.</summary>
public sealed record ProvisionResult
{
    private ProvisionResult(ProvisionStatus status) => Status = status;

    /// <summary>How the operation ended.</summary>
    public ProvisionStatus Status { get; }

    /// <summary>The identities that now exist; empty unless a provision is done.</summary>
    public IReadOnlyList<ProvisionedIdentity> Identities { get; private init; } = [];

    /// <summary>Why it is not done; <see langword="null"/> when it is.</summary>
    public DomainVerificationError? Error { get; private init; }

    /// <summary>
    /// How long to wait before the next try, where the provisioner knows; the worker's own back-off otherwise. The worker waits at least a
    /// second and at most a day.
    /// </summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The operation is done.</summary>
    /// <param name="identities">The identities that now exist; none for a release.</param>
    public static ProvisionResult Done(params IReadOnlyList<ProvisionedIdentity> identities) =>
        new(ProvisionStatus.Done) { Identities = identities };

    /// <summary>Not now; try again.</summary>
    /// <param name="error">Why.</param>
    /// <param name="retryAfter">How long to wait, where known; see <see cref="RetryAfter"/>.</param>
    public static ProvisionResult RetryLater(DomainVerificationError error, TimeSpan? retryAfter = null) =>
        new(ProvisionStatus.RetryLater) { Error = error, RetryAfter = retryAfter };

    /// <summary>It cannot be done.</summary>
    /// <param name="error">Why.</param>
    public static ProvisionResult Failed(DomainVerificationError error) => new(ProvisionStatus.Failed) { Error = error };
}
