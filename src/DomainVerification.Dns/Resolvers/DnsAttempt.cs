namespace DomainVerification.Dns;

/// <summary>One sending of a question to a server during a look-up.</summary>
/// <param name="Server">Who was asked.</param>
/// <param name="Transport">How the query travelled.</param>
/// <param name="Question">What was asked: the question of the look-up, or the same of an alias's target.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record DnsAttempt(
    DnsServerEndpoint Server,
    DnsTransportKind Transport,
    DnsQuestion Question,
    DnsExchangeOutcome Outcome,
    TimeSpan Elapsed)
{
    /// <summary>The response code; null unless the outcome is <see cref="DnsExchangeOutcome.Answered"/>.</summary>
    public DnsResponseCode? ResponseCode { get; init; }

    /// <summary>How many packets came and were ignored, because they were no readable response to the query.</summary>
    public int IgnoredPackets { get; init; }

    /// <summary>
    /// More about the outcome, as a stable code: one of <see cref="DnsExchange.Detail"/>, or <c>referral</c> for a response that only names
    /// other servers. Null where the outcome says all.
    /// </summary>
    public string? Detail { get; init; }

    internal static DnsAttempt Of(DnsServerEndpoint server, DnsTransportKind transport, DnsQuestion question, DnsExchange exchange) =>
        new(server, transport, question, exchange.Outcome, exchange.Elapsed)
        {
            ResponseCode = exchange.Response?.ResponseCode,
            IgnoredPackets = exchange.IgnoredPackets,
            Detail = exchange.Detail ?? (exchange.Response is null ? null : LookupFailure.Explain(exchange.Response)),
        };

    /// <summary>A sending over UDP that a text came of.</summary>
    internal static DnsAttempt OfText(DnsServerEndpoint server, DnsQuestion question, TimeSpan elapsed) =>
        new(server, DnsTransportKind.Udp, question, DnsExchangeOutcome.Answered, elapsed) { ResponseCode = DnsResponseCode.NoError };
}
