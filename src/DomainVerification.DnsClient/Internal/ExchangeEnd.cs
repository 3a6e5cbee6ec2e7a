using DomainVerification.Dns;

namespace DomainVerification.DnsClient;

/// <summary>How an exchange ended, before it is known how long it took.</summary>
internal readonly record struct ExchangeEnd(DnsExchangeOutcome Outcome, DnsMessage? Response = null, string? Detail = null);
