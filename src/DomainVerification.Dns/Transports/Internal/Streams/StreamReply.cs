namespace DomainVerification.Dns;

/// <summary>What one query on one connection came to.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Response">The response; null for every other outcome than an answer.</param>
/// <param name="Detail">The reason as a stable code.</param>
/// <param name="MayRetry">Whether a fresh connection may do better.</param>
internal readonly record struct StreamReply(DnsExchangeOutcome Outcome, DnsMessage? Response, string? Detail, bool MayRetry)
{
    public static readonly StreamReply Mismatched = new(DnsExchangeOutcome.Mismatched, null, null, false);

    public static StreamReply Answered(DnsMessage response) => new(DnsExchangeOutcome.Answered, response, null, false);

    public static StreamReply Malformed(string detail) => new(DnsExchangeOutcome.Malformed, null, detail, false);

    public static StreamReply From(StreamFault fault) => new(fault.Outcome, null, fault.Detail, fault.MayRetry);
}
