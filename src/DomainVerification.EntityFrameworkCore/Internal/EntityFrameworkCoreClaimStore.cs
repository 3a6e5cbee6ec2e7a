using DomainVerification.EntityFrameworkCore.Commits.Internal;
using DomainVerification.EntityFrameworkCore.Model.Internal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DomainVerification.EntityFrameworkCore.Internal;

/// <summary>
/// Keeps everything in the database of a context. Reads go through EF Core; a write is one batch on the context's own connection. The other
/// parts of the class hold the reads, the leases, the idempotent requests and the records of holdings.
/// </summary>
internal sealed partial class EntityFrameworkCoreClaimStore<TContext>(
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<EntityFrameworkCoreClaimStore<TContext>> logger) : IClaimStore, IIdempotencyStore, IHoldingStore
    where TContext : DbContext
{
    private readonly TransientFailures _failures = new(time, logger);

    public async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        cancellationToken.ThrowIfCancellationRequested();
        var isDecided = false;
        var refusal = await WriteAsync(
            tables =>
            {
                var moves = MovePlan.Of(commit, tables);
                isDecided = moves is null;
                return moves is null ? CommitPlan.Of(commit, tables) : (moves, null);
            },
            cancellationToken).ConfigureAwait(false);
        if (refusal is not null && !isDecided)
        {
            refusal = await WriteAsync(tables => CommitPlan.Of(commit, tables), cancellationToken).ConfigureAwait(false);
        }

        return refusal switch
        {
            null => ClaimCommitStatus.Committed,
            { Status: { } status } => status,
            _ => throw new ArgumentException(refusal.Mistake, nameof(commit)),
        };
    }

    /// <summary>Runs the steps of a plan in one transaction; gives the refusal, or <see langword="null"/> where they are written.</summary>
    private Task<Refusal?> WriteAsync(
        Func<StoreTables, (IReadOnlyList<Step> Steps, Refusal? Refusal)> plan,
        CancellationToken cancellationToken) => RunAsync(
            async (session, token) =>
            {
                var (steps, refusal) = plan(session.Tables);
                if (refusal is not null || steps.Count == 0)
                {
                    return refusal;
                }

                return session.Tables.Engine == Engine.PostgreSql
                    ? await PostgresWriter.WriteAsync(session, steps, token).ConfigureAwait(false)
                    : await SqliteWriter.WriteAsync(session, steps, token).ConfigureAwait(false);
            },
            cancellationToken);

    private Task<Refusal?> WriteAsync(Func<StoreSql, Step> step, CancellationToken cancellationToken) =>
        WriteAsync(tables => ([step(StoreSql.Of(tables))], null), cancellationToken);

    /// <summary>
    /// Runs a call on a session of its own, again where the database asks for that; or on the context that the host
    /// enlisted.
    /// </summary>
    private async Task<T> RunAsync<T>(Func<StoreSession, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ClaimTransaction.Find<TContext>() is { } enlisted)
        {
            var session = new StoreSession(enlisted);
            await using (session.ConfigureAwait(false))
            {
                return await call(session, cancellationToken).ConfigureAwait(false);
            }
        }

        return System.Transactions.Transaction.Current is null
            ? await _failures.RetryAsync(token => RunOnceAsync(call, token), cancellationToken).ConfigureAwait(false)
            : await RunOnceAsync(call, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> RunOnceAsync<T>(Func<StoreSession, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var session = new StoreSession(scope.ServiceProvider.GetRequiredService<TContext>());
            await using (session.ConfigureAwait(false))
            {
                return await call(session, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static IQueryable<ClaimRow> Claims(StoreSession session) => session.Context.Set<ClaimRow>().AsNoTracking();

    private static IQueryable<WorkRow> Work(StoreSession session) => session.Context.Set<WorkRow>().AsNoTracking();
}
