namespace DomainVerification.Dns;

/// <summary>
/// Where a walk along aliases through one answer section ended; <see cref="DnsLookupStatus.NoData"/> where the section goes no further.
/// </summary>
internal readonly record struct AliasWalk(DnsLookupStatus Status, IReadOnlyList<DnsRecord> Records, string? Detail);
