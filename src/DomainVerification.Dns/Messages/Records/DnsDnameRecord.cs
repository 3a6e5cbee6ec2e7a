namespace DomainVerification.Dns;

/// <summary>A DNAME record: all names below the owner, not the owner itself, are aliases (RFC 6672).</summary>
public sealed class DnsDnameRecord : DnsRecord
{
    /// <summary>Makes the record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="target">The name that replaces the owner at the end of names below the owner.</param>
    public DnsDnameRecord(DnsName name, TimeSpan timeToLive, DnsName target)
        : base(name, DnsRecordType.DNAME, timeToLive)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The name that replaces the owner at the end of names below the owner.</summary>
    public DnsName Target { get; }

    internal override void WriteData(ref DnsWireWriter writer) => writer.WriteUncompressedName(Target);
}
