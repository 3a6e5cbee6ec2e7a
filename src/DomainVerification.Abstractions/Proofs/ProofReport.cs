using System.Diagnostics.CodeAnalysis;

namespace DomainVerification;

/// <summary>All that a check saw, and what it makes of it.</summary>
public sealed record ProofReport
{
    // Most reports are made by the thousand and read for their outcome, so that what few read takes one reference here.
    private readonly ProofDetails? _details;

    /// <summary>Makes an empty report.</summary>
    public ProofReport()
    {
    }

    /// <summary>Makes a report whose parts come from elsewhere.</summary>
#pragma warning disable CS8618 // The diagnosis is among them.
    [SetsRequiredMembers]
    internal ProofReport(ProofOutcome outcome, ProofDetails details) => (Outcome, _details) = (outcome, details);
#pragma warning restore CS8618

    /// <summary>What the check found.</summary>
    public required ProofOutcome Outcome { get; init; }

    /// <summary>Why, and what to do about it.</summary>
    public required ProofDiagnosis Diagnosis
    {
        get => _details?.Diagnosis!;
        init => _details = new GivenDetails(_details) { GivenDiagnosis = value };
    }

    /// <summary>What the proof rests on; present when, and only when, <see cref="Outcome"/> is <see cref="ProofOutcome.Proved"/>.</summary>
    public ProofEvidence? Evidence
    {
        get => _details?.Evidence;
        init => _details = new GivenDetails(_details) { GivenEvidence = value };
    }

    /// <summary>Every question that was asked for the proof, and what came back.</summary>
    public IReadOnlyList<ProofObservation> Observations
    {
        get => _details?.Observations ?? [];
        init => _details = new GivenDetails(_details) { GivenObservations = value };
    }

    /// <summary>
    /// The questions that were asked afterwards, to find out why there is no proof (<see cref="ProofRequest.Explains"/>), and what came
    /// back, without values. Nothing among them proves.
    /// </summary>
    public IReadOnlyList<ProofObservation> FurtherObservations
    {
        get => _details?.FurtherObservations ?? [];
        init => _details = new GivenDetails(_details) { GivenFurtherObservations = value };
    }

    /// <summary>When the check ended, UTC.</summary>
    public required DateTimeOffset CheckedAt
    {
        get => _details?.CheckedAt ?? default;
        init => _details = new GivenDetails(_details) { GivenCheckedAt = value };
    }

    /// <summary>How long the check took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// How long resolvers may go on saying what this check saw: the time after which asking again is worth while;
    /// <see langword="null"/> where unknown.
    /// </summary>
    public TimeSpan? RetryAfter
    {
        get => _details?.RetryAfter;
        init => _details = new GivenDetails(_details) { GivenRetryAfter = value };
    }

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
