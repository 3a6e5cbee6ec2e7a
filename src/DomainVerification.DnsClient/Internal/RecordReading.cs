using DomainVerification.Dns;

namespace DomainVerification.DnsClient;

/// <summary>A record, or why there is none; neither for a record that says nothing about names that can be asked.</summary>
internal readonly record struct RecordReading(DnsRecord? Record, string? Fault = null);
