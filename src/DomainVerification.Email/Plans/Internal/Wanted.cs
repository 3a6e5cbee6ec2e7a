using DomainVerification.Dns;
using DomainVerification.Email.Plans.Spf.Internal;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>A wanted record, read and found possible.</summary>
internal sealed record Wanted
{
    public required DnsName Name { get; init; }

    public required DnsRecordType Type { get; init; }

    public required string Value { get; init; }

    /// <summary>The name that a CNAME or MX record points to.</summary>
    public DnsName? Target { get; init; }

    public ushort? Preference { get; init; }

    public required TimeSpan TimeToLive { get; init; }

    public required string Purpose { get; init; }

    public IReadOnlyList<string> Identities { get; init; } = [];

    public bool IsOptional { get; init; }

    /// <summary>The SPF record that a TXT record is.</summary>
    public SpfRecord? Spf { get; init; }

    /// <summary>The DKIM key that a TXT record is.</summary>
    public DkimKey? Dkim { get; init; }

    /// <summary>Whether it is a DMARC record, at a name where receivers look for one.</summary>
    public bool IsDmarc { get; init; }

    /// <summary>What makes two wanted records the same.</summary>
    public (DnsName Name, DnsRecordType Type, string Value, ushort? Preference) Key =>
        (Name, Type, Target?.ToString().ToUpperInvariant() ?? Value, Preference);
}
