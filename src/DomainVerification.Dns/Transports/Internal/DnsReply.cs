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
}
