using System.Diagnostics.CodeAnalysis;

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

    /// <summary>Makes an empty look-up.</summary>
    public DnsLookup()
    {
    }

    [SetsRequiredMembers]
    private DnsLookup(DnsLookup other)
    {
        Status = other.Status;
        Question = other.Question;
        Records = other.Records;
        Aliases = other.Aliases;
        NegativeTtl = other.NegativeTtl;
        AuthenticData = other.AuthenticData;
        Detail = other.Detail;
        Attempts = other.Attempts;
        Source = other.Source;
        Zone = other.Zone;
        Servers = other.Servers;
        RetryAfter = other.RetryAfter;
        IsRemembered = other.IsRemembered;
    }

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
    /// How long asking again may only meet the same "no" in the memory of resolvers: <see cref="NegativeTtl"/>. Null where nobody remembers
    /// it, because the zone's own servers were asked.
    /// </summary>
    public TimeSpan? DenialRemains => Source == DnsAnswerSource.ZoneServers ? null : NegativeTtl;

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

    /// <summary>Whose word the answer is.</summary>
    public DnsAnswerSource Source { get; init; }

    /// <summary>The zone whose servers were asked last; null where the answer is that of resolvers, or no zone was found.</summary>
    public DnsName? Zone { get; init; }

    /// <summary>What each server of <see cref="Zone"/> said; empty where there is no zone.</summary>
    public IReadOnlyList<DnsServerView> Servers { get; init; } = [];

    /// <summary>
    /// How long this failure stands: for so long the resolver answers it again without asking anybody (RFC 9520, section 3.2). Null where
    /// the look-up did not fail, or failures are not kept.
    /// </summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether this is a failure of a moment ago, told again; <see cref="Attempts"/> are those of that moment.</summary>
    public bool IsRemembered { get; init; }

    /// <summary>A failure with the time that it stands for.</summary>
    internal DnsLookup Failed(TimeSpan retryAfter, bool isRemembered = false) => new(this)
    {
        RetryAfter = retryAfter,
        IsRemembered = isRemembered,
    };

    /// <summary>The answer of resolvers who were asked because the zone's servers could not be, after what was tried before.</summary>
    internal DnsLookup Instead(IReadOnlyList<DnsAttempt> before) => new(this)
    {
        Source = DnsAnswerSource.ResolversInstead,
        Attempts = [.. before, .. Attempts],
    };
}
