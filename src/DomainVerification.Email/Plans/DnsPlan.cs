using DomainVerification.Email.Plans.Internal;

namespace DomainVerification.Email;

/// <summary>
/// All records that a claim needs, compared with what DNS held at one moment. Immutable; its renderings depend on nothing else and are the
/// same every time.
/// </summary>
public sealed record DnsPlan
{
    /// <summary>The claimed domain.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>
    /// The zone that the domain lies in, without a final dot: the one that the customer edits. The registrable domain where DNS did not
    /// show another.
    /// </summary>
    public required string Zone { get; init; }

    /// <summary>
    /// The records, in an order that depends on the records alone: by zone, the plan's own first; what is needed before what is optional;
    /// then by purpose, name, type and value.
    /// </summary>
    public required IReadOnlyList<DnsPlanRecord> Records { get; init; }

    /// <summary>What is to be known about the domain as a whole, the worst first.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; init; } = [];

    /// <summary>When DNS was read, UTC.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>
    /// What is to be published as a fragment of a zone file (RFC 1035, section 5): an <c>$ORIGIN</c> for each zone, the records, and in
    /// comments what they are for, what to remove, and what is held back by a conflict. Only ASCII; lines end in LF.
    /// </summary>
    public string ToZoneFile() => ZoneFileWriter.Write(this, zone: null);

    /// <summary>The part of <see cref="ToZoneFile()"/> that goes into one zone.</summary>
    /// <param name="zone">A <see cref="DnsPlanRecord.Zone"/> of the plan, without a final dot; case does not matter.</param>
    public string ToZoneFile(string zone)
    {
        ArgumentException.ThrowIfNullOrEmpty(zone);
        return ZoneFileWriter.Write(this, zone);
    }

    /// <summary>The plan as JSON, in the shape that <c>docs/dns-plans.md</c> describes. Only ASCII; safe to embed in HTML.</summary>
    public string ToJson() => PlanJson.Write(this);

    /// <summary>The plan for people, in English: what to enter where, and what to mind. Lines end in LF.</summary>
    public string ToText() => PlanTextWriter.Write(this);

    /// <summary>Leaves out the records, which may hold a token that is not published yet.</summary>
    public override string ToString() => $"DNS plan of {Domain}: {Records.Count} records";
}
