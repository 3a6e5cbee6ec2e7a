namespace DomainVerification.ConformanceTests.Tests.BrokenCheckers;

/// <summary>A checker with nothing broken: what the broken ones differ from, each in one place.</summary>
internal class WrappedChecker(IProofChecker inner) : IProofChecker
{
    public virtual IReadOnlyCollection<ProofMethod> Methods => inner.Methods;

    public virtual ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken) =>
        inner.CheckAsync(request, cancellationToken);

    public virtual Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken) => inner.CheckAllAsync(requests, maxInFlight, cancellationToken);
}
