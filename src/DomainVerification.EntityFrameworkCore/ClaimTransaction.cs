using Microsoft.EntityFrameworkCore;

namespace DomainVerification.EntityFrameworkCore;

/// <summary>
/// Lets a host write claims and its own data in one transaction. While a context is enlisted, everything that this asynchronous flow asks
/// of <see cref="IDomainClaimManager"/> and of the store runs on the context's connection and in its current transaction.
/// </summary>
/// <remarks>
/// <para>What is committed then becomes visible with the host's own commit, and a rollback of the host takes it back, the audit trail and
/// the outbox included. A refusal, such as <see cref="ClaimCommitStatus.VersionConflict"/>, takes back the store's own writes only: the
/// host's transaction stays usable.</para>
/// <para>A serialization failure or a deadlock ends the host's transaction, so the store does not retry it there: it comes back as the
/// provider's exception, and the host runs its whole transaction again. The transaction keeps others from changing the domain until it
/// ends; keep it short, and await each call before the next, since a context serves one at a time. The answer of a check may take seconds:
/// verify before the transaction, and claim inside it.</para>
/// <para>On PostgreSQL an ambient <see cref="System.Transactions.TransactionScope"/> does the same without enlisting. SQLite's provider
/// refuses those.</para>
/// </remarks>
public static class ClaimTransaction
{
    private static readonly AsyncLocal<DbContext?> Current = new();

    /// <summary>
    /// Enlists a context for this asynchronous flow, until the result is disposed. Enlistments nest; the innermost
    /// counts.
    /// </summary>
    /// <param name="context">
    /// The context: of the type that the store was registered with. With another one, every call of the store throws an
    /// <see cref="InvalidOperationException"/> until the enlistment ends, since the claims would be committed apart.
    /// </param>
    /// <returns>Ends the enlistment. It neither commits nor rolls back.</returns>
    public static IDisposable Enlist(DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var enlistment = new Enlistment(Current.Value);
        Current.Value = context;
        return enlistment;
    }

    /// <summary>The enlisted context, or <see langword="null"/> where there is none.</summary>
    /// <exception cref="InvalidOperationException">The enlisted context is not of the type that the store was registered with.</exception>
    internal static TContext? Find<TContext>()
        where TContext : DbContext => Current.Value switch
        {
            null => null,
            TContext context => context,
            var other => throw new InvalidOperationException(
                $"A {other.GetType().Name} is enlisted, and claims are kept through {typeof(TContext).Name}: they would not be in its transaction."),
        };

    private sealed class Enlistment(DbContext? before) : IDisposable
    {
        public void Dispose() => Current.Value = before;
    }
}
