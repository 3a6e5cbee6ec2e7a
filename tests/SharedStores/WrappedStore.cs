namespace DomainVerification.Tests.Shared;

/// <summary>An in-memory store whose calls a test can change one by one.</summary>
internal abstract class WrappedStore : IClaimStore
{
    private readonly InMemoryClaimStore _inner = new();

    public virtual ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        _inner.FindAsync(id, cancellationToken);

    public virtual ValueTask<DomainClaim?> FindNewestAsync(
        string profile,
        string owner,
        DomainName domain,
        CancellationToken cancellationToken) => _inner.FindNewestAsync(profile, owner, domain, cancellationToken);

    public virtual ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken) =>
        _inner.FindHoldingAsync(profile, domain, cancellationToken);

    public virtual ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        _inner.ListAsync(query, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        _inner.ListEventsAsync(id, cancellationToken);

    public virtual ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        _inner.LeaseDueClaimsAsync(request, cancellationToken);

    public virtual ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) =>
        _inner.FindWorkAsync(id, cancellationToken);

    public virtual ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken) =>
        _inner.ListWorkAsync(query, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        _inner.LeaseWorkAsync(request, cancellationToken);

    public virtual ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) =>
        _inner.CommitAsync(commit, cancellationToken);
}
