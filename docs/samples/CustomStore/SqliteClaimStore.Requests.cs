using DomainVerification;

namespace CustomStore;

public sealed partial class SqliteClaimStore
{
    public async ValueTask<IdempotencyAnswer> BeginAsync(IdempotencyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var transaction = await BeginAsync(cancellationToken);
        var known = await transaction.Session.FindAsync(
            $"""
            SELECT fingerprint, outcome, leased_until FROM requests
            WHERE scope = {request.Key.Scope} AND key = {request.Key.Key} AND expires_at > {request.Now}
            """,
            row => new
            {
                Fingerprint = row.GetFieldValue<byte[]>(0),
                Outcome = row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1),
                LeasedUntil = new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
            });
        if (known is not null && !request.Fingerprint.Span.SequenceEqual(known.Fingerprint))
        {
            return new IdempotencyAnswer(IdempotencyStatus.KeyReused);
        }

        if (known?.Outcome is { } outcome)
        {
            return new IdempotencyAnswer(IdempotencyStatus.Completed, outcome);
        }

        if (known?.LeasedUntil > request.Now)
        {
            return new IdempotencyAnswer(IdempotencyStatus.Running, LeasedUntil: known.LeasedUntil);
        }

        // The row of a run that crashed, or that has expired, is this run's from here on; whatever the old run does then finds another run.
        var leasedUntil = request.Now + request.LeaseDuration;
        await transaction.Session.ExecuteAsync($"""
            INSERT OR REPLACE INTO requests (scope, key, run, fingerprint, leased_until, expires_at)
            VALUES (
                {request.Key.Scope}, {request.Key.Key}, {request.Run}, {request.Fingerprint},
                {leasedUntil}, {request.Now + request.Lifetime})
            """);
        await transaction.CommitAsync();
        return new IdempotencyAnswer(IdempotencyStatus.Started, LeasedUntil: leasedUntil);
    }

    public async ValueTask<IdempotencySettlement> CompleteAsync(IdempotencyCompletion completion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completion);
        await using var transaction = await BeginAsync(cancellationToken);
        var isSettled = await CompleteAsync(transaction.Session, completion);
        await transaction.CommitAsync();
        return isSettled ? IdempotencySettlement.Settled : IdempotencySettlement.NotRunning;
    }

    public async ValueTask<IdempotencySettlement> AbandonAsync(IdempotencyKey key, Guid run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await using var transaction = await BeginAsync(cancellationToken);
        var deleted = await transaction.Session.ExecuteAsync(
            $"DELETE FROM requests WHERE scope = {key.Scope} AND key = {key.Key} AND run = {run} AND outcome IS NULL");
        await transaction.CommitAsync();
        return deleted == 1 ? IdempotencySettlement.Settled : IdempotencySettlement.NotRunning;
    }

    public async ValueTask<int> DeleteExpiredAsync(DateTimeOffset now, int maximum, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        await using var transaction = await BeginAsync(cancellationToken);
        var deleted = await transaction.Session.ExecuteAsync($"""
            DELETE FROM requests
            WHERE rowid IN (SELECT rowid FROM requests WHERE expires_at <= {now} ORDER BY expires_at LIMIT {maximum})
            """);
        await transaction.CommitAsync();
        return deleted;
    }

    /// <summary>Called by a commit too, inside its transaction: the claim and the outcome are written together.</summary>
    private static async Task<bool> CompleteAsync(Session session, IdempotencyCompletion completion) =>
        await session.ExecuteAsync($"""
            UPDATE requests SET outcome = {completion.Outcome}
            WHERE scope = {completion.Key.Scope} AND key = {completion.Key.Key} AND run = {completion.Run} AND outcome IS NULL
            """) == 1;
}
