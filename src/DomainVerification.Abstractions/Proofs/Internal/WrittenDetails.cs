namespace DomainVerification;

/// <summary>
/// What a check saw, from which the parts of its report are written when somebody reads them: most readers want the outcome alone. Two who
/// read at once may both write, and write the same.
/// </summary>
internal abstract class WrittenDetails : ProofDetails
{
    private Parts? _parts;

    public override ProofDiagnosis Diagnosis => Written.Diagnosis ??= WriteDiagnosis();

    public override ProofEvidence? Evidence => Written.Evidence ??= WriteEvidence();

    public override IReadOnlyList<ProofObservation> Observations => Written.Observations ??= WriteObservations();

    public override IReadOnlyList<ProofObservation> FurtherObservations => [];

    private Parts Written => _parts ??= new Parts();

    protected abstract ProofDiagnosis WriteDiagnosis();

    protected abstract ProofEvidence? WriteEvidence();

    protected abstract IReadOnlyList<ProofObservation> WriteObservations();

    private sealed class Parts
    {
        public ProofDiagnosis? Diagnosis { get; set; }

        public ProofEvidence? Evidence { get; set; }

        public IReadOnlyList<ProofObservation>? Observations { get; set; }
    }
}
