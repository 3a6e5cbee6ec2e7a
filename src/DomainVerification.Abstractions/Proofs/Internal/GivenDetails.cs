namespace DomainVerification;

/// <summary>Parts of a report that were given to it, and the rest of what it had before. Immutable.</summary>
internal sealed class GivenDetails : ProofDetails
{
    private readonly ProofDetails? _rest;
    private readonly DateTimeOffset? _checkedAt;
    private readonly (TimeSpan? Given, bool IsGiven) _retryAfter;
    private readonly (ProofEvidence? Given, bool IsGiven) _evidence;
    private readonly ProofDiagnosis? _diagnosis;
    private readonly IReadOnlyList<ProofObservation>? _observations;
    private readonly IReadOnlyList<ProofObservation>? _furtherObservations;

    /// <param name="before">Where the parts come from that are not given here; null where there were none.</param>
    public GivenDetails(ProofDetails? before)
    {
        _rest = before;
        if (before is GivenDetails given)
        {
            _rest = given._rest;
            (_checkedAt, _retryAfter, _evidence) = (given._checkedAt, given._retryAfter, given._evidence);
            (_diagnosis, _observations, _furtherObservations) = (given._diagnosis, given._observations, given._furtherObservations);
        }
    }

    public override DateTimeOffset CheckedAt => _checkedAt ?? _rest?.CheckedAt ?? default;

    public override TimeSpan? RetryAfter => _retryAfter.IsGiven ? _retryAfter.Given : _rest?.RetryAfter;

    public override ProofDiagnosis Diagnosis => _diagnosis ?? _rest?.Diagnosis!;

    public override ProofEvidence? Evidence => _evidence.IsGiven ? _evidence.Given : _rest?.Evidence;

    public override IReadOnlyList<ProofObservation> Observations => _observations ?? _rest?.Observations ?? [];

    public override IReadOnlyList<ProofObservation> FurtherObservations => _furtherObservations ?? _rest?.FurtherObservations ?? [];

    public DateTimeOffset GivenCheckedAt
    {
        init => _checkedAt = value;
    }

    public TimeSpan? GivenRetryAfter
    {
        init => _retryAfter = (value, true);
    }

    public ProofDiagnosis GivenDiagnosis
    {
        init => _diagnosis = value;
    }

    public ProofEvidence? GivenEvidence
    {
        init => _evidence = (value, true);
    }

    public IReadOnlyList<ProofObservation> GivenObservations
    {
        init => _observations = value;
    }

    public IReadOnlyList<ProofObservation> GivenFurtherObservations
    {
        init => _furtherObservations = value;
    }
}
