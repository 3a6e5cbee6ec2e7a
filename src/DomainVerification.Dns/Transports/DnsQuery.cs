namespace DomainVerification.Dns;

/// <summary>A query as a transport takes it: all but the id, which the transport chooses for each sending.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Flags">The flags of the header.</param>
/// <param name="Edns">The EDNS part; null for none.</param>
public sealed record DnsQuery(DnsQuestion Question, DnsHeaderFlags Flags, DnsEdns? Edns);
