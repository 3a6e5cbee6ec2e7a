using System.Diagnostics.CodeAnalysis;

namespace DomainVerification;

/// <summary>All that a check saw, and what it makes of it.</summary>
public sealed record ProofReport
{
    private readonly ProofDetails? _details;
    private readonly ProofDiagnosis? _diagnosis;
    private readonly IReadOnlyList<ProofObservation>? _observations;
    private readonly ProofEvidence? _evidence;
    private readonly bool _hasOwnEvidence;

    /// <summary>Makes an empty report.</summary>
    public ProofReport()
    {
    }

    /// <summary>Makes a report whose parts are written when they are read.</summary>
    [SetsRequiredMembers]
    internal ProofReport(ProofOutcome outcome, DateTimeOffset checkedAt, ProofDetails details)
    {
        (Outcome, CheckedAt, _details) = (outcome, checkedAt, details);

        // Without one of its own the report has that of the details.
        Diagnosis = null!;
    }

    /// <summary>What the check found.</summary>
    public required ProofOutcome Outcome { get; init; }

    /// <summary>Why, and what to do about it.</summary>
    public required ProofDiagnosis Diagnosis
    {
        get => _diagnosis ?? _details!.Diagnosis;
        init => _diagnosis = value;
    }

    /// <summary>What the proof rests on; present when, and only when, <see cref="Outcome"/> is <see cref="ProofOutcome.Proved"/>.</summary>
    public ProofEvidence? Evidence
    {
        get => _hasOwnEvidence ? _evidence : _details?.Evidence;
        init => (_evidence, _hasOwnEvidence) = (value, true);
    }

    /// <summary>Every question that was asked for the proof, and what came back.</summary>
    public IReadOnlyList<ProofObservation> Observations
    {
        get => _observations ?? _details?.Observations ?? [];
        init => _observations = value;
    }

    /// <summary>
    /// The questions that were asked afterwards, to find out why there is no proof (<see cref="ProofRequest.Explains"/>), and what came
    /// back, without values. Nothing among them proves.
    /// </summary>
    public IReadOnlyList<ProofObservation> FurtherObservations { get; init; } = [];

    /// <summary>When the check ended, UTC.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>How long the check took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// How long resolvers may go on saying what this check saw: the time after which asking again is worth while;
    /// <see langword="null"/> where unknown.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether both reports say the same; their lists have to be the same ones.</summary>
    /// <param name="other">The report to compare with.</param>
    public bool Equals(ProofReport? other) =>
        other is not null
        && (Outcome, CheckedAt, Elapsed, RetryAfter) == (other.Outcome, other.CheckedAt, other.Elapsed, other.RetryAfter)
        && Diagnosis == other.Diagnosis
        && Evidence == other.Evidence
        && Observations.Equals(other.Observations)
        && FurtherObservations.Equals(other.FurtherObservations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Outcome, CheckedAt, Elapsed, RetryAfter);
}
