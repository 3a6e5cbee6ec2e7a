namespace DomainVerification.Dns;

/// <summary>The result of sending one query to one server.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record DnsExchange(DnsExchangeOutcome Outcome, TimeSpan Elapsed)
{
    /// <summary>The response; null unless the outcome is <see cref="DnsExchangeOutcome.Answered"/>.</summary>
    public DnsMessage? Response { get; init; }

    /// <summary>How many packets came and were ignored, because they were no readable response to the query.</summary>
    public int IgnoredPackets { get; init; }

    /// <summary>
    /// The reason as a stable code, lower-case words joined by underscores, such as <c>connection_refused</c> or one of
    /// <see cref="DnsReadError.Code"/>; null where the outcome says all.
    /// </summary>
    public string? Detail { get; init; }
}
