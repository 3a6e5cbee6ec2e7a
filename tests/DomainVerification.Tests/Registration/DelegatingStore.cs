namespace DomainVerification.Tests.Registration;

/// <summary>The in-memory store, with a place to interfere before a commit.</summary>
internal class DelegatingStore : IClaimStore
{
    private readonly InMemoryClaimStore _inner = new();

    /// <summary>Runs once, before the next commit reaches the store.</summary>
    public Func<Task>? BeforeNextCommit { get; set; }

    public ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) => _inner.FindAsync(id, cancellationToken);

    public ValueTask<DomainClaim?> FindNewestAsync(string profile, string owner, DomainName domain, CancellationToken cancellationToken) =>
        _inner.FindNewestAsync(profile, owner, domain, cancellationToken);

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

    public async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        if (BeforeNextCommit is { } interfere)
        {
            BeforeNextCommit = null;
            await interfere();
        }

        return await _inner.CommitAsync(commit, cancellationToken);
    }
}
