namespace DomainVerification.Dns;

/// <summary>One EDNS option (RFC 6891, section 6.1.2).</summary>
/// <param name="Code">What the option is.</param>
/// <param name="Data">Its octets, uninterpreted; at most 65,535.</param>
public sealed record DnsEdnsOption(DnsEdnsOptionCode Code, ReadOnlyMemory<byte> Data);
