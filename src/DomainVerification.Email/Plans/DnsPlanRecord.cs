namespace DomainVerification.Email;

/// <summary>A record of a plan and what is to be done about it.</summary>
public sealed record DnsPlanRecord
{
    /// <summary>The type: <c>TXT</c>, <c>CNAME</c> or <c>MX</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The absolute name in presentation format (RFC 1035, section 5.1), without a final dot.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The name relative to <see cref="Zone"/>, for the many DNS consoles that add the zone themselves and would otherwise double it;
    /// <c>@</c> at the zone's apex.
    /// </summary>
    public required string RelativeName { get; init; }

    /// <summary>
    /// The zone that the record goes into, without a final dot: not always <see cref="DnsPlan.Zone"/>, as names below it may be delegated.
    /// </summary>
    public required string Zone { get; init; }

    /// <summary>
    /// The value to publish: the text of a TXT record without quotes and uncut, or the full name that others point to, without a final dot.
    /// For an SPF record, the merged one.
    /// </summary>
    public required string Value { get; init; }

    /// <summary>The preference of an MX record; <see langword="null"/> for other types.</summary>
    public int? Priority { get; init; }

    /// <summary>The time to live that the record should have.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>What it is for: one of <see cref="PlanPurposes"/>, or a code of the host's own.</summary>
    public required string Purpose { get; init; }

    /// <summary>The ids of the identities that it serves; empty for what serves the whole claim.</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    /// <summary>Whether all works without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What is to be done.</summary>
    public required PlanAction Action { get; init; }

    /// <summary>
    /// The records of DNS that this one meets, at most <see cref="ExistingRecord.MaximumCount"/>: those to remove, and those in the way.
    /// </summary>
    public IReadOnlyList<ExistingRecord> Existing { get; init; } = [];

    /// <summary>What is to be known about it, the worst first.</summary>
    public IReadOnlyList<PlanProblem> Problems { get; init; } = [];

    /// <summary>
    /// How many of the ten look-ups of RFC 7208, section 4.6.4, the SPF record takes at most, all that it includes counted; at least that
    /// many where there is a problem <c>spf_not_counted</c>. <see langword="null"/> for other records.
    /// </summary>
    public int? SpfLookups { get; init; }

    /// <summary>Leaves out the value, which may be a token that is not published yet.</summary>
    public override string ToString() => $"{Action} {Type} {Name} ({Purpose})";
}
