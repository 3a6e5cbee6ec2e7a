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

    private readonly LoneText _text;

    // Who gave the text: a DnsServerEndpoint, a ZoneCut with one server, or the ZoneReplies of several.
    private readonly object? _origin;
    private readonly uint _elapsed;
    private readonly byte _status;
    private readonly byte _authenticData;
    private readonly byte _source;
    private LookupParts? _parts;

    /// <summary>Makes an empty look-up.</summary>
    public DnsLookup()
    {
    }

    /// <summary>
    /// Makes a look-up that the first reply answered. Most are read for their text alone, so that the rest is made when it is read.
    /// </summary>
    /// <param name="question">What was asked.</param>
    /// <param name="text">The answer.</param>
    /// <param name="server">Who gave it, over UDP.</param>
    /// <param name="elapsed">How long that took, in ticks.</param>
    [SetsRequiredMembers]
    internal DnsLookup(DnsQuestion question, LoneText text, DnsServerEndpoint server, uint elapsed)
    {
        (Question, Status) = (question, DnsLookupStatus.Answered);
        (_text, _origin, _elapsed) = (text, server, elapsed);
    }

    /// <inheritdoc cref="DnsLookup(DnsQuestion, LoneText, DnsServerEndpoint, uint)"/>
    /// <param name="question">What was asked.</param>
    /// <param name="text">The answer.</param>
    /// <param name="cut">The zone whose only server gave it, over UDP and with authority.</param>
    /// <param name="elapsed">How long that took, in ticks.</param>
    [SetsRequiredMembers]
    internal DnsLookup(DnsQuestion question, LoneText text, ZoneCut cut, uint elapsed)
    {
        (Question, Status, Source) = (question, DnsLookupStatus.Answered, DnsAnswerSource.ZoneServers);
        (_text, _origin, _elapsed) = (text, cut, elapsed);
    }

    /// <inheritdoc cref="DnsLookup(DnsQuestion, LoneText, DnsServerEndpoint, uint)"/>
    /// <param name="question">What was asked.</param>
    /// <param name="replies">What the servers of the zone gave.</param>
    [SetsRequiredMembers]
    internal DnsLookup(DnsQuestion question, ZoneReplies replies)
    {
        (Question, Status, Source) = (question, DnsLookupStatus.Answered, DnsAnswerSource.ZoneServers);
        (_text, _origin) = (replies.Text, replies);
    }

    [SetsRequiredMembers]
    private DnsLookup(DnsLookup other)
    {
        Question = other.Question;
        (_status, _authenticData, _source, IsRemembered) = (other._status, other._authenticData, other._source, other.IsRemembered);
        _parts = (other.Parts ?? new LookupParts()) with
        {
            Attempts = other.Attempts,
            Servers = other.Servers,
            Zone = other.Zone,
        };
    }

    /// <summary>How the look-up ended.</summary>
    public required DnsLookupStatus Status
    {
        get => (DnsLookupStatus)_status;
        init => _status = (byte)value;
    }

    /// <summary>What was asked.</summary>
    public required DnsQuestion Question { get; init; }

    /// <summary>
    /// The records at the end of the chain of aliases that starts at the name in the question, all of the type and class asked for. Empty
    /// unless the status is <see cref="DnsLookupStatus.Answered"/>. Nothing from the authority and additional sections is ever here.
    /// </summary>
    public IReadOnlyList<DnsRecord> Records
    {
        get => Parts?.Records ?? [];
        init => Own.Records = value;
    }

    /// <summary>The aliases that were followed, in order, also where the look-up failed later.</summary>
    public IReadOnlyList<DnsAlias> Aliases
    {
        get => _parts?.Aliases ?? [];
        init => Own.Aliases = value;
    }

    /// <summary>The name at the end of the aliases; the name in the question where there are none.</summary>
    public DnsName CanonicalName => Aliases.Count > 0 ? Aliases[^1].Target : Question.Name;

    /// <summary>
    /// How long a negative answer holds: the smaller of the zone's SOA record's time to live and minimum (RFC 2308, section 5). Null where
    /// the answer is not negative or came without that record.
    /// </summary>
    public TimeSpan? NegativeTtl
    {
        get => _parts?.NegativeTtl;
        init => Own.NegativeTtl = value;
    }

    /// <summary>
    /// How long asking again may only meet the same "no" in the memory of resolvers: <see cref="NegativeTtl"/>. Null where nobody remembers
    /// it, because the zone's own servers were asked.
    /// </summary>
    public TimeSpan? DenialRemains => Source == DnsAnswerSource.ZoneServers ? null : NegativeTtl;

    /// <summary>
    /// Whether all responses that make up the answer carry the AD bit. Informative only: over clear-text UDP and TCP anybody on the way can
    /// set it.
    /// </summary>
    public DnsAuthenticData AuthenticData
    {
        get => (DnsAuthenticData)_authenticData;
        init => _authenticData = (byte)value;
    }

    /// <summary>
    /// Why the status is what it is, as a stable code such as <c>two_cnames_at_one_name</c>; null where the status says all.
    /// </summary>
    public string? Detail
    {
        get => _parts?.Detail;
        init => Own.Detail = value;
    }

    /// <summary>Every sending to a server, in order; those made at the same time are in any order.</summary>
    public IReadOnlyList<DnsAttempt> Attempts
    {
        get => _parts is { Attempts: { } attempts } ? attempts : _text.IsNone ? [] : Parts!.Attempts = ReadAttempts();
        init => Own.Attempts = value;
    }

    /// <summary>Whose word the answer is.</summary>
    public DnsAnswerSource Source
    {
        get => (DnsAnswerSource)_source;
        init => _source = (byte)value;
    }

    /// <summary>The zone whose servers were asked last; null where the answer is that of resolvers, or no zone was found.</summary>
    public DnsName? Zone
    {
        get => _parts?.Zone ?? Cut?.Name;
        init => Own.Zone = value;
    }

    /// <summary>What each server of <see cref="Zone"/> said; empty where there is no zone.</summary>
    public IReadOnlyList<DnsServerView> Servers
    {
        get => _parts is { Servers: { } servers } ? servers : Cut is null ? [] : Parts!.Servers = ReadViews();
        init => Own.Servers = value;
    }

    /// <summary>
    /// How long this failure stands: for so long the resolver answers it again without asking anybody (RFC 9520, section 3.2). Null where
    /// the look-up did not fail, or failures are not kept.
    /// </summary>
    public TimeSpan? RetryAfter
    {
        get => _parts?.RetryAfter;
        init => Own.RetryAfter = value;
    }

    /// <summary>Whether this is a failure of a moment ago, told again; <see cref="Attempts"/> are those of that moment.</summary>
    public bool IsRemembered { get; init; }

    /// <summary>
    /// The data of the answer where that is one TXT record, and every server that speaks for the zone holds it, found out without making
    /// the record; empty elsewhere.
    /// </summary>
    internal ReadOnlyMemory<byte> OnlyText => !_text.IsNone ? _text.Data
        : Records is [DnsTxtRecord only] && AreOfOneMind ? only.Data
        : default;

    /// <summary>Whether every server that speaks for the zone holds what was found.</summary>
    internal bool AreOfOneMind
    {
        get
        {
            var servers = Servers;
            for (var i = 0; i < servers.Count; i++)
            {
                if (servers[i] is { Status: not null, Standing: not DnsServerStanding.Agrees })
                {
                    return false;
                }
            }

            return true;
        }
    }

    // A text's attempt and server are made apart from its record: few read them.
    private LookupParts? Parts => _parts ??= _text.IsNone ? null : ReadText();

    private LookupParts Own => _parts ??= new LookupParts();

    private ZoneCut? Cut => _origin as ZoneCut ?? (_origin as ZoneReplies)?.Cut;

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

    private LookupParts ReadText() => new()
    {
        Records = [_text.ToRecord(Question.Name)],
    };

    private IReadOnlyList<DnsAttempt> ReadAttempts() => _origin switch
    {
        ZoneReplies replies => replies.ReadAttempts(Question),
        ZoneCut cut => [DnsAttempt.OfText(cut.Servers[0].Endpoint, Question, TimeSpan.FromTicks(_elapsed))],
        _ => [DnsAttempt.OfText((DnsServerEndpoint)_origin!, Question, TimeSpan.FromTicks(_elapsed))],
    };

    private IReadOnlyList<DnsServerView> ReadViews() => _origin is ZoneReplies replies
        ? replies.ReadViews(Question)
        :
        [
            new DnsServerView(Cut!.Servers[0].Endpoint, Cut.Servers[0].HostName, DnsServerStanding.Agrees)
            {
                Status = DnsLookupStatus.Answered,
                Records = Records,
                Elapsed = TimeSpan.FromTicks(_elapsed),
            },
        ];
}
