namespace DomainVerification.StoreBenchmarks.Hosts;

/// <summary>A checker without a network: it finds every proof, but none of domains whose name begins with <see cref="Unproved"/>.</summary>
internal sealed class InstantChecker(TimeProvider time) : IDnsProofChecker
{
    public const string Unproved = "unproved";

    public IReadOnlyCollection<ProofMethod> Methods => [ProofMethod.DnsTxt, ProofMethod.DnsCname];

    public ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        var isProved = !request.Domain.Value.StartsWith(Unproved, StringComparison.Ordinal);
        return ValueTask.FromResult(new ProofReport
        {
            Outcome = isProved ? ProofOutcome.Proved : ProofOutcome.NotProved,
            Diagnosis = isProved
                ? new ProofDiagnosis(ProofDiagnosisCodes.Proved, "The record is published.")
                : new ProofDiagnosis(ProofDiagnosisCodes.RecordNotFound, "There is no such record."),
            CheckedAt = time.GetUtcNow(),
            Evidence = isProved ? Evidence(request) : null,
        });
    }

    private ProofEvidence Evidence(ProofRequest request) => new()
    {
        Method = request.Record.Method,
        RecordName = request.Record.Name,
        Server = "127.0.0.1:53",
        ValueDigest = new string('0', 64),
        ObservedAt = time.GetUtcNow(),
    };
}
