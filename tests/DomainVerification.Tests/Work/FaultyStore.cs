namespace DomainVerification.Tests.Work;

/// <summary>A store whose medium fails when a test says so.</summary>
internal sealed class FaultyStore : WrappedStore
{
    /// <summary>Which commits fail.</summary>
    public Func<ClaimCommit, bool>? FailsOn { get; set; }

    /// <summary>Whether every lease of due claims fails.</summary>
    public bool DueClaimsFail { get; set; }

    /// <summary>Whether every lease of work fails.</summary>
    public bool WorkFails { get; set; }

    /// <summary>Which claim cannot be read.</summary>
    public ClaimId? Unreadable { get; set; }

    public override ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        id == Unreadable ? throw new IOException("The disk is gone.") : base.FindAsync(id, cancellationToken);

    public override ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) =>
        FailsOn?.Invoke(commit) == true ? throw new IOException("The disk is full.") : base.CommitAsync(commit, cancellationToken);

    public override ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        DueClaimsFail ? throw new IOException("The disk is gone.") : base.LeaseDueClaimsAsync(request, cancellationToken);

    public override ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        WorkFails ? throw new IOException("The disk is gone.") : base.LeaseWorkAsync(request, cancellationToken);
}
