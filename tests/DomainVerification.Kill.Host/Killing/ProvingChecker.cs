namespace DomainVerification.Kill.Host.Killing;

/// <summary>A checker that always finds the proof, with a step before and after.</summary>
internal sealed class ProvingChecker(TimeProvider time, KillSwitch steps) : IDnsProofChecker
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public IReadOnlyCollection<ProofMethod> Methods { get; } = [ProofMethod.DnsTxt];

    public async ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        steps.Pass(KillSteps.BeforeCheck);
        await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        var now = time.GetUtcNow();
        var report = new ProofReport
        {
            Outcome = ProofOutcome.Proved,
            Diagnosis = new ProofDiagnosis(ProofDiagnosisCodes.Proved, "The proof is published."),
            Evidence = new ProofEvidence
            {
                Method = request.Record.Method,
                RecordName = request.Record.Name,
                Server = "192.0.2.53",
                ValueDigest = Digest,
                ObservedAt = now,
            },
            CheckedAt = now,
        };
        steps.Pass(KillSteps.AfterCheck);
        return report;
    }
}
