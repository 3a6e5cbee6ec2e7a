namespace DomainVerification.Proofs.Internal;

/// <summary>Finds the checker of a method: one that the host added, or else the DNS checker.</summary>
internal sealed class ProofCheckerSelector(IEnumerable<IProofChecker> added, IDnsProofChecker dns)
{
    private readonly IProofChecker[] _checkers = [.. added, dns];

    public IProofChecker For(ProofMethod method) =>
        Array.Find(_checkers, checker => checker.Methods.Contains(method))
        ?? throw new InvalidOperationException($"No proof checker supports {method}. Register one with AddProofChecker.");
}
