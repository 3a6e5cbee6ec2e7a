namespace DomainVerification.Dns;

/// <summary>The result of a look-up. Immutable.</summary>
public sealed class DnsLookup
{
    /// <summary>How many aliases are followed, one after the other, before a look-up is given up.</summary>
    public const int MaxAliases = 8;

    /// <summary>The most records that one name and type may have.</summary>
    public const int MaxRecords = 64;

    /// <summary>The most octets that the strings of all TXT records of one name may have together.</summary>
    public const int MaxTextLength = 16 * 1024;

    /// <summary>How the look-up ended.</summary>
    public required DnsLookupStatus Status { get; init; }

    /// <summary>What was asked.</summary>
    public required DnsQuestion Question { get; init; }

    /// <summary>
    /// The records at the end of the chain of aliases that starts at the name in the question, all of the type and class asked for. Empty
    /// unless the status is <see cref="DnsLookupStatus.Answered"/>. Nothing from the authority and additional sections is ever here.
    /// </summary>
    public IReadOnlyList<DnsRecord> Records { get; init; } = [];

    /// <summary>The aliases that were followed, in order, also where the look-up failed later.</summary>
    public IReadOnlyList<DnsAlias> Aliases { get; init; } = [];

    /// <summary>The name at the end of the aliases; the name in the question where there are none.</summary>
    public DnsName CanonicalName => Aliases.Count > 0 ? Aliases[^1].Target : Question.Name;

    /// <summary>
    /// How long a negative answer holds: the smaller of the zone's SOA record's time to live and minimum (RFC 2308, section 5). Null where
    /// the answer is not negative or came without that record.
    /// </summary>
    public TimeSpan? NegativeTtl { get; init; }

    /// <summary>
    /// Whether all responses that make up the answer carry the AD bit. Informative only: over clear-text UDP and TCP anybody on the way can
    /// set it.
    /// </summary>
    public DnsAuthenticData AuthenticData { get; init; }

    /// <summary>
    /// Why the status is what it is, as a stable code such as <c>two_cnames_at_one_name</c>; null where the status says all.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>Every sending to a server, in order.</summary>
    public IReadOnlyList<DnsAttempt> Attempts { get; init; } = [];

    /// <summary>
    /// How long this failure stands: for so long the resolver answers it again without asking anybody (RFC 9520, section 3.2). Null where
    /// the look-up did not fail, or failures are not kept.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether this is a failure of a moment ago, told again; <see cref="Attempts"/> are those of that moment.</summary>
    public bool IsRemembered { get; init; }

    /// <summary>A failure with the time that it stands for.</summary>
    internal DnsLookup Failed(TimeSpan retryAfter, bool isRemembered = false) => new()
    {
        Status = Status,
        Question = Question,
        Records = Records,
        Aliases = Aliases,
        NegativeTtl = NegativeTtl,
        AuthenticData = AuthenticData,
        Detail = Detail,
        Attempts = Attempts,
        RetryAfter = retryAfter,
        IsRemembered = isRemembered,
    };
}
