namespace DomainVerification;

/// <summary>Looks for a published proof. Register one with <c>AddProofChecker</c>; the first that supports the method is asked.</summary>
public interface IProofChecker
{
    /// <summary>The methods that this checker understands.</summary>
    IReadOnlyCollection<ProofMethod> Methods { get; }

    /// <summary>
    /// Looks once. "It is not there" and "I could not ask" are answers, not exceptions; only cancellation and bugs throw.
    /// </summary>
    /// <param name="request">What to look for.</param>
    /// <param name="cancellationToken">Ends the check early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was found. To be awaited once, as any <see cref="ValueTask{TResult}"/>.</returns>
    ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Looks once for each of many proofs, a number of them side by side: for whoever has more than a few dozen to look at. A checker that
    /// has nothing better runs <see cref="CheckAsync"/> for each. The SDK's own for DNS sends and receives on a thread that the call has to
    /// itself, which takes less processor time; code of the host that a check calls, of a token issuer or a logger say, runs there too and
    /// should not block for long. It may await a look-up in DNS, but must never block until one has ended: the answer is heard on that very
    /// thread, so that both would wait for ever.
    /// </summary>
    /// <param name="requests">What to look for.</param>
    /// <param name="maxInFlight">How many checks may be under way at a time, at least 1.</param>
    /// <param name="cancellationToken">Ends all checks early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// The reports, in the order of the requests. Where a check throws, none is begun any more, and its exception is thrown once those
    /// under way have ended.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="requests"/> is null, or one of them. Nothing is asked then.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxInFlight"/> is less than 1.</exception>
    Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken) => ProofBatch.CheckAllAsync(this, requests, maxInFlight, cancellationToken);
}

/// <summary>
/// A checker of proofs in DNS. The default asks through the SDK's own DNS client; replace it with <c>UseDnsProofChecker</c>.
/// </summary>
public interface IDnsProofChecker : IProofChecker;

/// <summary>
/// A checker of proofs in files on web servers. The default fetches them through a client that reaches public addresses only; replace it
/// with <c>UseHttpProofChecker</c>.
/// </summary>
public interface IHttpProofChecker : IProofChecker;
