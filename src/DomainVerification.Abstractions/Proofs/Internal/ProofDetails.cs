namespace DomainVerification;

/// <summary>
/// What a check saw, from which the parts of its report are written when somebody reads them: most readers want the outcome alone. Two who
/// read at once may both write, and write the same.
/// </summary>
internal abstract class ProofDetails
{
    private ProofDiagnosis? _diagnosis;
    private ProofEvidence? _evidence;
    private IReadOnlyList<ProofObservation>? _observations;

    public ProofDiagnosis Diagnosis => _diagnosis ??= WriteDiagnosis();

    public ProofEvidence? Evidence => _evidence ??= WriteEvidence();

    public IReadOnlyList<ProofObservation> Observations => _observations ??= WriteObservations();

    protected abstract ProofDiagnosis WriteDiagnosis();

    protected abstract ProofEvidence? WriteEvidence();

    protected abstract IReadOnlyList<ProofObservation> WriteObservations();
}
