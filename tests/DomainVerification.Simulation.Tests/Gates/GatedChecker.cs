using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>A look into the simulated DNS, which may fail.</summary>
internal sealed class GatedChecker(Node node, SimulationRun simulation) : IDnsProofChecker
{
    public IReadOnlyCollection<ProofMethod> Methods { get; } = [ProofMethod.DnsTxt, ProofMethod.DnsCname];

    public ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken) =>
        new(simulation.CallAsync(node, "check", () => Report(request)));

    private ProofReport Report(ProofRequest request)
    {
        if (simulation.Draws(weather => weather.Unanswered))
        {
            return Report(request, ProofOutcome.Inconclusive, ProofDiagnosisCodes.TimedOut, null);
        }

        var code = ProofDiagnosisCodes.RecordNotFound;
        foreach (var token in simulation.Zone.At(request.Record.Name))
        {
            // The issuer of the simulation answers at once.
            switch (request.Token.MatchAsync(token, CancellationToken.None).AsTask().GetAwaiter().GetResult())
            {
                case TokenMatch.Current:
                    return Report(request, ProofOutcome.Proved, ProofDiagnosisCodes.Proved, token);
                case TokenMatch.Spent:
                    simulation.Strike("leftover token", node);
                    code = ProofDiagnosisCodes.TokenSpent;
                    break;
            }
        }

        return Report(request, ProofOutcome.NotProved, code, null);
    }

    /// <summary>The evidence has the token itself for its digest, so that the ledger knows what was taken for proof.</summary>
    private ProofReport Report(ProofRequest request, ProofOutcome outcome, string code, string? token)
    {
        var now = simulation.Clock.GetUtcNow();
        return new ProofReport
        {
            Outcome = outcome,
            Diagnosis = new ProofDiagnosis(code, "Said by the simulation."),
            Evidence = token is null ? null : new ProofEvidence
            {
                Method = request.Record.Method,
                RecordName = request.Record.Name,
                Server = "127.0.0.1:53",
                ValueDigest = token,
                ObservedAt = now,
            },
            CheckedAt = now,
        };
    }
}
