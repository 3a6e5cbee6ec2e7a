namespace DomainVerification.Dns;

/// <summary>The first sending of a look-up, made before its session began.</summary>
/// <param name="Exchange">What came of it.</param>
/// <param name="Transport">Over what it went.</param>
internal readonly record struct FirstSending(DnsExchange Exchange, IDnsTransport Transport);
