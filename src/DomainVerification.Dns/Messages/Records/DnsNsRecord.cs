namespace DomainVerification.Dns;

/// <summary>An NS record: a name server of the zone (RFC 1035, section 3.3.11).</summary>
public sealed class DnsNsRecord : DnsRecord
{
    /// <summary>Makes the record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="server">The host name of the server.</param>
    public DnsNsRecord(DnsName name, TimeSpan timeToLive, DnsName server)
        : base(name, DnsRecordType.NS, timeToLive)
    {
        ArgumentNullException.ThrowIfNull(server);
        Server = server;
    }

    /// <summary>The host name of the server.</summary>
    public DnsName Server { get; }

    internal override void WriteData(ref DnsWireWriter writer) => writer.WriteName(Server);
}
