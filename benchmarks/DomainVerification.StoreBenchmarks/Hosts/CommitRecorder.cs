namespace DomainVerification.StoreBenchmarks.Hosts;

/// <summary>The in-memory store, which keeps what was committed last: what the manager really writes is what is measured.</summary>
internal sealed class CommitRecorder : IClaimStore
{
    private readonly InMemoryClaimStore _store = new();

    public ClaimCommit Last { get; private set; } = new();

    public ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        Last = commit;
        return _store.CommitAsync(commit, cancellationToken);
    }

    public ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) => _store.FindAsync(id, cancellationToken);

    public ValueTask<DomainClaim?> FindNewestAsync(string profile, string owner, DomainName domain, CancellationToken cancellationToken) =>
        _store.FindNewestAsync(profile, owner, domain, cancellationToken);

    public ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken) =>
        _store.FindHoldingAsync(profile, domain, cancellationToken);

    public ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        _store.ListAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        _store.ListEventsAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        _store.LeaseDueClaimsAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        _store.LeaseWorkAsync(request, cancellationToken);

    public ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) => _store.FindWorkAsync(id, cancellationToken);

    public ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken) =>
        _store.ListWorkAsync(query, cancellationToken);
}
