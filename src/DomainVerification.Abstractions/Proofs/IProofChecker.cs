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
    Task<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken);
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
