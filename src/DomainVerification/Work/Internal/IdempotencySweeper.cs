namespace DomainVerification.Work.Internal;

/// <summary>
/// Deletes the records of idempotent requests that have expired: a bounded batch each hour, and one each round while batches are full.
/// </summary>
internal sealed class IdempotencySweeper(IIdempotencyStore store, TimeProvider time)
{
    internal const int BatchSize = 1000;

    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private DateTimeOffset _nextAt;

    /// <summary>Deletes a batch, if it is time; gives how many records there were.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < _nextAt)
        {
            return 0;
        }

        // Set first: a store that is down is not asked again each round.
        _nextAt = now + Interval;
        var deleted = await store.DeleteExpiredAsync(now, BatchSize, cancellationToken).ConfigureAwait(false);
        if (deleted >= BatchSize)
        {
            _nextAt = now;
        }

        return deleted;
    }
}
