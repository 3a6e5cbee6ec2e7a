namespace DomainVerification.Email;

/// <summary>What to plan.</summary>
public sealed record DnsPlanRequest
{
    /// <summary>The most records that a plan may have.</summary>
    public const int MaximumRecords = 200;

    /// <summary>The claimed domain.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>
    /// The wanted records, at most <see cref="MaximumRecords"/>, each at or below the registrable domain of <see cref="Domain"/>. Equal
    /// ones become one record that serves several identities; SPF records of one name are merged.
    /// </summary>
    public required IReadOnlyList<WantedRecord> Records { get; init; }

    /// <summary>How the identities send, to check DMARC alignment; empty for no check.</summary>
    public IReadOnlyList<PlannedSender> Senders { get; init; } = [];

    /// <summary>Whether DMARC is looked at, and a first record advised where there is none.</summary>
    /// <value>True until set.</value>
    public bool AdvisesDmarc { get; init; } = true;

    /// <summary>
    /// The mailbox for the aggregate reports of an advised DMARC record, such as <c>dmarc@acme.com</c>; <see langword="null"/> for none.
    /// ASCII, without <c>,</c>, <c>;</c> and <c>!</c>, which have a meaning there (RFC 7489, section 6.2).
    /// </summary>
    public string? DmarcReportAddress { get; init; }
}
