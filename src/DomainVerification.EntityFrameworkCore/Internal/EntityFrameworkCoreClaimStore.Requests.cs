using DomainVerification.EntityFrameworkCore.Commits.Internal;
using DomainVerification.EntityFrameworkCore.Model.Internal;
using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore.Internal;

internal sealed partial class EntityFrameworkCoreClaimStore<TContext>
{
    public async ValueTask<IdempotencyAnswer> BeginAsync(IdempotencyRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        while (true)
        {
            if (await WriteAsync(sql => RequestSteps.Begin(sql, request), cancellationToken).ConfigureAwait(false) is null)
            {
                return new IdempotencyAnswer(IdempotencyStatus.Started, LeasedUntil: request.Now + request.LeaseDuration);
            }

            // Between the two statements the other run may have freed the key; then this one begins after all.
            var row = await FindRequestAsync(request.Key, cancellationToken).ConfigureAwait(false);
            if (row is not null && AnswerOf(row, request) is { } answer)
            {
                return answer;
            }
        }
    }

    public async ValueTask<IdempotencySettlement> CompleteAsync(IdempotencyCompletion completion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return Settled(await WriteAsync(sql => RequestSteps.Complete(sql, completion), cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<IdempotencySettlement> AbandonAsync(IdempotencyKey key, Guid run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Settled(await WriteAsync(sql => RequestSteps.Abandon(sql, key, run), cancellationToken).ConfigureAwait(false));
    }

    public async ValueTask<int> DeleteExpiredAsync(DateTimeOffset now, int maximum, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        return await RunAsync((session, token) => DeleteExpiredAsync(session, now, maximum, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<int> DeleteExpiredAsync(
        StoreSession session,
        DateTimeOffset now,
        int maximum,
        CancellationToken cancellationToken)
    {
        var instant = Rows.Column(now);
        var expired = session.Context.Set<IdempotencyRow>()
            .Where(row => row.ExpiresAt <= instant)
            .OrderBy(row => row.ExpiresAt)
            .Take(maximum);
        if (session.Tables.Engine == Engine.PostgreSql)
        {
            return await expired.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        }

        var transaction = await SqliteTransactionScope.BeginAsync(session, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var deleted = await expired.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return deleted;
        }
    }

    private Task<IdempotencyRow?> FindRequestAsync(IdempotencyKey key, CancellationToken cancellationToken) => RunAsync(
        (session, token) => session.Context.Set<IdempotencyRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Scope == key.Scope && row.Key == key.Key, token),
        cancellationToken);

    /// <summary>What is known of the key; <see langword="null"/> where it is free by now.</summary>
    private static IdempotencyAnswer? AnswerOf(IdempotencyRow row, IdempotencyRequest request)
    {
        if (row.ExpiresAt <= Rows.Column(request.Now))
        {
            return null;
        }

        if (!request.Fingerprint.Span.SequenceEqual(row.Fingerprint))
        {
            return new IdempotencyAnswer(IdempotencyStatus.KeyReused);
        }

        if (row.Outcome is { } outcome)
        {
            return new IdempotencyAnswer(IdempotencyStatus.Completed, outcome);
        }

        var leasedUntil = Rows.Instant(row.LeasedUntil);
        return leasedUntil > request.Now ? new IdempotencyAnswer(IdempotencyStatus.Running, LeasedUntil: leasedUntil) : null;
    }

    private static IdempotencySettlement Settled(Refusal? refusal) =>
        refusal is null ? IdempotencySettlement.Settled : IdempotencySettlement.NotRunning;
}
