namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>The in-memory store with nothing broken: what the broken ones differ from, each in one place.</summary>
internal class WrappedStore : IClaimStore, IIdempotencyStore, IHoldingStore
{
    protected virtual InMemoryClaimStore Inner { get; } = new();

    public virtual ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        Inner.FindAsync(id, cancellationToken);

    public virtual ValueTask<DomainClaim?> FindNewestAsync(
        string profile,
        string owner,
        DomainName domain,
        CancellationToken cancellationToken) => Inner.FindNewestAsync(profile, owner, domain, cancellationToken);

    public virtual ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken) =>
        Inner.FindHoldingAsync(profile, domain, cancellationToken);

    public virtual ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken) =>
        Inner.ListAsync(query, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        Inner.ListEventsAsync(id, cancellationToken);

    public virtual ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        Inner.LeaseDueClaimsAsync(request, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        Inner.LeaseWorkAsync(request, cancellationToken);

    public virtual ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) =>
        Inner.FindWorkAsync(id, cancellationToken);

    public virtual ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken) =>
        Inner.ListWorkAsync(query, cancellationToken);

    public virtual ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) =>
        Inner.CommitAsync(commit, cancellationToken);

    public virtual ValueTask<IdempotencyAnswer> BeginAsync(IdempotencyRequest request, CancellationToken cancellationToken) =>
        Inner.BeginAsync(request, cancellationToken);

    public virtual ValueTask<IdempotencySettlement> CompleteAsync(IdempotencyCompletion completion, CancellationToken cancellationToken) =>
        Inner.CompleteAsync(completion, cancellationToken);

    public virtual ValueTask<IdempotencySettlement> AbandonAsync(IdempotencyKey key, Guid run, CancellationToken cancellationToken) =>
        Inner.AbandonAsync(key, run, cancellationToken);

    public virtual ValueTask<int> DeleteExpiredAsync(DateTimeOffset now, int maximum, CancellationToken cancellationToken) =>
        Inner.DeleteExpiredAsync(now, maximum, cancellationToken);

    public virtual ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken) =>
        Inner.FindHoldingRecordAsync(key, cancellationToken);

    public virtual ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken) =>
        Inner.ListHoldingRecordsAsync(claimId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
        string provisioner,
        LeaseRequest request,
        CancellationToken cancellationToken) => Inner.LeaseDueHoldingRecordsAsync(provisioner, request, cancellationToken);

    public virtual ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken) =>
        Inner.SaveHoldingRecordAsync(record, cancellationToken);
}
