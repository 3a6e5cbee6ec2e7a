using DomainVerification.Claims.Internal;

namespace DomainVerification;

/// <summary>
/// Keeps everything in the memory of one process: for tests, for trying things out, and for hosts that run as one process and can afford to
/// lose their claims with it. Commits are atomic and safe under any number of parallel callers; no claim is ever removed.
/// </summary>
public sealed class InMemoryClaimStore : IClaimStore, IIdempotencyStore, IHoldingStore
{
    private readonly Lock _lock = new();
    private readonly InMemoryClaims _claims = new();
    private readonly InMemoryOutbox _outbox = new();
    private readonly InMemoryIdempotency _idempotency = new();
    private readonly InMemoryHoldings _holdings = new();

    /// <inheritdoc/>
    public ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken) =>
        Locked(() => _claims.Find(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DomainClaim?> FindNewestAsync(string profile, string owner, DomainName domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(domain);
        return Locked(() => _claims.FindNewest(profile, owner, domain), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(domain);
        return Locked(() => _claims.FindHolding(profile, domain), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ClaimPage> ListAsync(ClaimQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, ClaimQuery.MaximumPageSize);
        return Locked(() => _claims.List(query), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ClaimEvent>> ListEventsAsync(ClaimId id, CancellationToken cancellationToken) =>
        Locked(() => _claims.ListEvents(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<DomainClaim>> LeaseDueClaimsAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Locked(() => _claims.LeaseDue(request), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ClaimWork>> LeaseWorkAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Locked(() => _outbox.Lease(request), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ClaimWork?> FindWorkAsync(Guid id, CancellationToken cancellationToken) =>
        Locked(() => _outbox.Find(id), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<WorkPage> ListWorkAsync(WorkQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, WorkQuery.MaximumPageSize);
        return Locked(() => _outbox.List(query), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return Locked(() => Commit(commit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IdempotencyAnswer> BeginAsync(IdempotencyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Locked(() => _idempotency.Begin(request), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IdempotencySettlement> CompleteAsync(IdempotencyCompletion completion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return Locked(() => _idempotency.Complete(completion), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IdempotencySettlement> AbandonAsync(IdempotencyKey key, Guid run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Locked(() => _idempotency.Abandon(key, run), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> DeleteExpiredAsync(DateTimeOffset now, int maximum, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        return Locked(() => _idempotency.DeleteExpired(now, maximum), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<HoldingRecord?> FindHoldingRecordAsync(HoldingKey key, CancellationToken cancellationToken) =>
        Locked(() => _holdings.Find(key), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HoldingRecord>> ListHoldingRecordsAsync(ClaimId claimId, CancellationToken cancellationToken) =>
        Locked(() => _holdings.List(claimId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HoldingRecord>> LeaseDueHoldingRecordsAsync(
        string provisioner,
        LeaseRequest request,
        CancellationToken cancellationToken)
    {
        HoldingKey.ThrowIfNoProvisioner(provisioner);
        ArgumentNullException.ThrowIfNull(request);
        return Locked(() => _holdings.LeaseDue(provisioner, request), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<HoldingSaveStatus> SaveHoldingRecordAsync(HoldingRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        record.ThrowIfInvalid();
        return Locked(() => _holdings.Save(record) ? HoldingSaveStatus.Saved : HoldingSaveStatus.VersionConflict, cancellationToken);
    }

    private ClaimCommitStatus Commit(ClaimCommit commit)
    {
        // Everything is checked before anything is written: a refused commit leaves no trace.
        _claims.ThrowIfForeign(commit);
        InMemoryOutbox.ThrowIfMalformed(commit);
        var status = _claims.Check(commit.Claims);
        if (status != ClaimCommitStatus.Committed)
        {
            return status;
        }

        if (!_outbox.Allows(commit) || !commit.Completed.All(item => _idempotency.IsRunning(item.Key, item.Run)))
        {
            return ClaimCommitStatus.VersionConflict;
        }

        // Last: who comes second with the same move brings the same operation, and is stale, not wrong.
        _outbox.ThrowIfPresent(commit);
        _claims.Write(commit.Claims, commit.Events);
        _outbox.Write(commit);
        foreach (var completion in commit.Completed)
        {
            _idempotency.Complete(completion);
        }

        return ClaimCommitStatus.Committed;
    }

    private ValueTask<T> Locked<T>(Func<T> action, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(action());
        }
    }
}
