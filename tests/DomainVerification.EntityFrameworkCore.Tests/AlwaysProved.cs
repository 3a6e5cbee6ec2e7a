namespace DomainVerification.EntityFrameworkCore.Tests;

/// <summary>A checker that finds every proof published.</summary>
internal sealed class AlwaysProved(TimeProvider time) : IDnsProofChecker
{
    public IReadOnlyCollection<ProofMethod> Methods => [ProofMethod.DnsTxt, ProofMethod.DnsCname];

    public static void Use(DomainVerificationBuilder builder) => builder.UseDnsProofChecker<AlwaysProved>();

    public ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new ProofReport
    {
        Outcome = ProofOutcome.Proved,
        Diagnosis = new ProofDiagnosis(ProofDiagnosisCodes.Proved, "Published."),
        CheckedAt = time.GetUtcNow(),
        Evidence = new ProofEvidence
        {
            Method = request.Record.Method,
            RecordName = request.Record.Name,
            Server = "127.0.0.1:53",
            ValueDigest = new string('0', 64),
            ObservedAt = time.GetUtcNow(),
        },
    });
}
