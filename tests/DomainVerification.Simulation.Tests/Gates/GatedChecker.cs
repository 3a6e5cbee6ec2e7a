using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>A look into DNS that finds the proof or not, as chance has it.</summary>
internal sealed class GatedChecker(Node node, SimulationRun simulation) : IDnsProofChecker
{
    public IReadOnlyCollection<ProofMethod> Methods { get; } = [ProofMethod.DnsTxt];

    public Task<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken) =>
        simulation.CallAsync(node, "check", () => Report(request));

    private ProofReport Report(ProofRequest request)
    {
        var now = simulation.Clock.GetUtcNow();
        var outcome = simulation.Draws(weather => weather.Unproved)
            ? simulation.Random.Pick([ProofOutcome.NotProved, ProofOutcome.Inconclusive])
            : ProofOutcome.Proved;
        return new ProofReport
        {
            Outcome = outcome,
            Diagnosis = new ProofDiagnosis(ProofDiagnosisCodes.TimedOut, "Said by the simulation."),
            Evidence = outcome != ProofOutcome.Proved ? null : new ProofEvidence
            {
                Method = ProofMethod.DnsTxt,
                RecordName = request.Record.Name,
                Server = "127.0.0.1:53",
                ValueDigest = new string('0', 64),
                ObservedAt = now,
            },
            CheckedAt = now,
        };
    }
}
