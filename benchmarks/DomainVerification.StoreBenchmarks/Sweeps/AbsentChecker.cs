namespace DomainVerification.StoreBenchmarks.Sweeps;

/// <summary>A checker without a network, which finds no proof.</summary>
internal sealed class AbsentChecker(TimeProvider time) : IDnsProofChecker
{
    public IReadOnlyCollection<ProofMethod> Methods => [ProofMethod.DnsTxt, ProofMethod.DnsCname];

    public ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new ProofReport
    {
        Outcome = ProofOutcome.NotProved,
        Diagnosis = new ProofDiagnosis(ProofDiagnosisCodes.RecordNotFound, "There is no such record."),
        CheckedAt = time.GetUtcNow(),
    });
}
