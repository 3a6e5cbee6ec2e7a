namespace DomainVerification.Dns;

/// <summary>A CNAME record: the owner is an alias (RFC 1035, section 3.3.1).</summary>
public sealed class DnsCnameRecord : DnsRecord
{
    /// <summary>Makes the record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="target">The name that the owner stands for.</param>
    public DnsCnameRecord(DnsName name, TimeSpan timeToLive, DnsName target)
        : base(name, DnsRecordType.CNAME, timeToLive)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The name that the owner stands for.</summary>
    public DnsName Target { get; }

    internal override void WriteData(ref DnsWireWriter writer) => writer.WriteName(Target);
}
