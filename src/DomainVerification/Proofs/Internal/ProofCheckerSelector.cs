namespace DomainVerification.Proofs.Internal;

/// <summary>Finds the checker of a method: the first one that supports it.</summary>
internal sealed class ProofCheckerSelector(params IEnumerable<IProofChecker> checkers)
{
    private readonly IProofChecker[] _checkers = [.. checkers];

    public IProofChecker For(ProofMethod method) =>
        Array.Find(_checkers, checker => checker.Methods.Contains(method))
        ?? throw new InvalidOperationException($"No proof checker supports {method}. Register one with AddProofChecker.");
}
