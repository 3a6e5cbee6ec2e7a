namespace DomainVerification.Dns;

/// <summary>An MX record: a host that takes the mail of the owner (RFC 1035, section 3.3.9).</summary>
public sealed class DnsMxRecord : DnsRecord
{
    /// <summary>Makes the record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="preference">The rank of the host; lower is preferred.</param>
    /// <param name="exchange">The host; the root where the owner takes no mail (RFC 7505).</param>
    public DnsMxRecord(DnsName name, TimeSpan timeToLive, ushort preference, DnsName exchange)
        : base(name, DnsRecordType.MX, timeToLive)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        Preference = preference;
        Exchange = exchange;
    }

    /// <summary>The rank of the host; lower is preferred.</summary>
    public ushort Preference { get; }

    /// <summary>The host; the root where the owner takes no mail (RFC 7505).</summary>
    public DnsName Exchange { get; }

    internal override void WriteData(ref DnsWireWriter writer)
    {
        writer.WriteUInt16(Preference);
        writer.WriteName(Exchange);
    }
}
