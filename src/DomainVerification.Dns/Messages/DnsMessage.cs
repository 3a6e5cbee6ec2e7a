namespace DomainVerification.Dns;

/// <summary>A DNS message (RFC 1035, section 4), query or response. Immutable.</summary>
public sealed class DnsMessage
{
    private IReadOnlyList<DnsQuestion>? _questions;
    private readonly IReadOnlyList<DnsRecord>? _authorities;
    private readonly IReadOnlyList<DnsRecord>? _additionals;

    /// <summary>The number that ties a response to its query.</summary>
    public ushort Id { get; init; }

    /// <summary>The one-bit fields of the header.</summary>
    public DnsHeaderFlags Flags { get; init; }

    /// <summary>The kind of query.</summary>
    public DnsOpCode OpCode { get; init; }

    /// <summary>The response code, its upper eight bits taken from EDNS where there is EDNS (RFC 6891, section 6.1.3).</summary>
    public DnsResponseCode ResponseCode { get; init; }

    /// <summary>The question section. <see cref="DnsMessageReader"/> takes no message with more than one question (RFC 9619).</summary>
    public IReadOnlyList<DnsQuestion> Questions
    {
        get => _questions ??= Question is { } only ? [only] : [];
        init => (_questions, Question) = (value, value.Count > 0 ? value[0] : null);
    }

    /// <summary>The answer section.</summary>
    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

    /// <summary>The authority section.</summary>
    public IReadOnlyList<DnsRecord> Authorities
    {
        get => _authorities ?? Rest?.Authorities ?? [];
        init => _authorities = value;
    }

    /// <summary>The additional section without the OPT pseudo record, which is <see cref="Edns"/>.</summary>
    public IReadOnlyList<DnsRecord> Additionals
    {
        get => _additionals ?? Rest?.Additionals ?? [];
        init => _additionals = value;
    }

    /// <summary>The EDNS part; null where the message has none.</summary>
    public DnsEdns? Edns { get; init; }

    /// <summary>
    /// The records behind the answers, where they are made when somebody reads them. They are name servers and addresses then, and no SOA
    /// record is among them.
    /// </summary>
    internal DnsMessageRest? Rest { get; init; }

    /// <summary>The first question; null where there is none.</summary>
    public DnsQuestion? Question { get; internal init; }

    /// <summary>Makes a query for one question.</summary>
    /// <param name="id">An unpredictable number (RFC 5452, section 9.2).</param>
    /// <param name="question">What is asked.</param>
    /// <param name="edns">The EDNS part; null for none.</param>
    /// <param name="flags">The flags; recursion is wanted where nothing else is said.</param>
    public static DnsMessage CreateQuery(
        ushort id,
        DnsQuestion question,
        DnsEdns? edns = null,
        DnsHeaderFlags flags = DnsHeaderFlags.RecursionDesired)
    {
        ArgumentNullException.ThrowIfNull(question);
        return new DnsMessage { Id = id, Flags = flags & ~DnsHeaderFlags.Response, Questions = [question], Edns = edns };
    }
}
