namespace DomainVerification;

/// <summary>All that a check saw, and what it makes of it.</summary>
public sealed record ProofReport
{
    /// <summary>What the check found.</summary>
    public required ProofOutcome Outcome { get; init; }

    /// <summary>Why, and what to do about it.</summary>
    public required ProofDiagnosis Diagnosis { get; init; }

    /// <summary>What the proof rests on; present when, and only when, <see cref="Outcome"/> is <see cref="ProofOutcome.Proved"/>.</summary>
    public ProofEvidence? Evidence { get; init; }

    /// <summary>Every question that was asked for the proof, and what came back.</summary>
    public IReadOnlyList<ProofObservation> Observations { get; init; } = [];

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
}
