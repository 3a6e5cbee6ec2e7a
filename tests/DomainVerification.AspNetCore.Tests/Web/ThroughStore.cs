namespace DomainVerification.AspNetCore.Tests.Web;

/// <summary>The in-memory store behind a class that tests can get in between with.</summary>
internal abstract class ThroughStore : IClaimStore
{
    private readonly InMemoryClaimStore _inner = new();

    public virtual ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        _inner.FindAsync(id, cancellationToken);

    public ValueTask<DomainClaim?> FindNewestAsync(
        string profile,
        string owner,
        DomainName domain,
        CancellationToken cancellationToken) => _inner.FindNewestAsync(profile, owner, domain, cancellationToken);

    public ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken) =>
        _inner.FindHoldingAsync(profile, domain, cancellationToken);

    public ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        _inner.ListAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        _inner.ListEventsAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        _inner.LeaseDueClaimsAsync(request, cancellationToken);

    public ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        _inner.LeaseWorkAsync(request, cancellationToken);

    public ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) => _inner.FindWorkAsync(id, cancellationToken);

    public ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken) =>
        _inner.ListWorkAsync(query, cancellationToken);

    public ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) =>
        _inner.CommitAsync(commit, cancellationToken);
}
