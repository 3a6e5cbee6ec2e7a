namespace DomainVerification.Tests.Claims;

/// <summary>A checker that does what a test tells it, and otherwise finds every proof.</summary>
internal sealed class ScriptedProofChecker(TimeProvider time) : IDnsProofChecker
{
    public IReadOnlyCollection<ProofMethod> Methods { get; } = [ProofMethod.DnsTxt, ProofMethod.DnsCname];

    /// <summary>Runs before each answer: waits, cancels or throws as the test needs.</summary>
    public Func<ProofRequest, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public Func<ProofRequest, ProofOutcome> Outcome { get; set; } = _ => ProofOutcome.Proved;

    public TimeSpan? RetryAfter { get; set; }

    public List<DateTimeOffset> Looks { get; } = [];

    public async ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        lock (Looks)
        {
            Looks.Add(time.GetUtcNow());
        }

        await Before(request, cancellationToken);
        var outcome = Outcome(request);
        return new ProofReport
        {
            Outcome = outcome,
            Diagnosis = new ProofDiagnosis(Code(outcome), "Said by the test."),
            Evidence = outcome == ProofOutcome.Proved ? ClaimSamples.Evidence : null,
            CheckedAt = time.GetUtcNow(),
            RetryAfter = RetryAfter,
        };
    }

    private static string Code(ProofOutcome outcome) => outcome switch
    {
        ProofOutcome.Proved => ProofDiagnosisCodes.Proved,
        ProofOutcome.NotProved => ProofDiagnosisCodes.RecordNotFound,
        _ => ProofDiagnosisCodes.TimedOut,
    };
}
