namespace DomainVerification;

/// <summary>The parts of a report, but for what is asked of every one of them.</summary>
internal abstract class ProofDetails
{
    /// <inheritdoc cref="ProofReport.CheckedAt"/>
    public abstract DateTimeOffset CheckedAt { get; }

    /// <inheritdoc cref="ProofReport.RetryAfter"/>
    public abstract TimeSpan? RetryAfter { get; }

    /// <inheritdoc cref="ProofReport.Diagnosis"/>
    public abstract ProofDiagnosis Diagnosis { get; }

    /// <inheritdoc cref="ProofReport.Evidence"/>
    public abstract ProofEvidence? Evidence { get; }

    /// <inheritdoc cref="ProofReport.Observations"/>
    public abstract IReadOnlyList<ProofObservation> Observations { get; }

    /// <inheritdoc cref="ProofReport.FurtherObservations"/>
    public abstract IReadOnlyList<ProofObservation> FurtherObservations { get; }
}
