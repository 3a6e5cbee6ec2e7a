namespace DomainVerification.Dns;

/// <summary>What came of one sending: an exchange, or a text where the answer is nothing else.</summary>
internal readonly struct DnsReply
{
    public DnsReply(DnsExchange exchange) => Exchange = exchange;

    /// <param name="text">The answer.</param>
    /// <param name="elapsed">How long it took, in ticks.</param>
    /// <param name="authenticData">Whether the response carries the AD bit.</param>
    public DnsReply(LoneText text, uint elapsed, DnsAuthenticData authenticData) =>
        (Text, ElapsedTicks, AuthenticData) = (text, elapsed, authenticData);

    /// <summary>The exchange; null where <see cref="Text"/> is all.</summary>
    public DnsExchange? Exchange { get; }

    /// <summary>The answer, where it is nothing else and no packet was ignored before it came.</summary>
    public LoneText Text { get; }

    /// <summary>How long the text took to come, in ticks.</summary>
    public uint ElapsedTicks { get; }

    /// <summary>Whether the response with the text carries the AD bit.</summary>
    public DnsAuthenticData AuthenticData { get; }

    /// <summary>
    /// The exchange, of a query that wanted the word of a server with authority; made of the text where that is all. It does not tell what
    /// stood behind the answer.
    /// </summary>
    /// <param name="question">What was asked.</param>
    public DnsExchange ToExchange(DnsQuestion question) => Exchange ?? new DnsExchange(DnsExchangeOutcome.Answered, Elapsed)
    {
        Response = new DnsMessage
        {
            Flags = DnsHeaderFlags.Response
                | DnsHeaderFlags.AuthoritativeAnswer
                | (AuthenticData == DnsAuthenticData.ClaimedByServer ? DnsHeaderFlags.AuthenticData : DnsHeaderFlags.None),
            Question = question,
            Answers = [Text.ToRecord(question.Name)],
        },
    };

    /// <summary>The sending, which was over UDP where a text came of it.</summary>
    /// <param name="server">Who replied.</param>
    /// <param name="question">What was asked.</param>
    public DnsAttempt ToAttempt(DnsServerEndpoint server, DnsQuestion question) => Exchange is { } exchange
        ? DnsAttempt.Of(server, DnsTransportKind.Udp, question, exchange)
        : DnsAttempt.OfText(server, question, Elapsed);

    private TimeSpan Elapsed => TimeSpan.FromTicks(ElapsedTicks);
}
