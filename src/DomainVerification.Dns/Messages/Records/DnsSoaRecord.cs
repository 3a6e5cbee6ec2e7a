namespace DomainVerification.Dns;

/// <summary>An SOA record: the start of a zone (RFC 1035, section 3.3.13).</summary>
public sealed class DnsSoaRecord : DnsRecord
{
    /// <summary>Makes the record.</summary>
    /// <param name="name">The owner: the apex of the zone.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="primaryServer">The zone's primary server.</param>
    /// <param name="mailbox">The mailbox of the zone's keeper, its first label being the local part.</param>
    public DnsSoaRecord(DnsName name, TimeSpan timeToLive, DnsName primaryServer, DnsName mailbox)
        : base(name, DnsRecordType.SOA, timeToLive)
    {
        ArgumentNullException.ThrowIfNull(primaryServer);
        ArgumentNullException.ThrowIfNull(mailbox);
        PrimaryServer = primaryServer;
        Mailbox = mailbox;
    }

    /// <summary>The zone's primary server.</summary>
    public DnsName PrimaryServer { get; }

    /// <summary>The mailbox of the zone's keeper, its first label being the local part.</summary>
    public DnsName Mailbox { get; }

    /// <summary>The version of the zone, in serial number arithmetic (RFC 1982).</summary>
    public uint Serial { get; init; }

    /// <summary>Seconds between two looks of a secondary at the primary.</summary>
    public uint Refresh { get; init; }

    /// <summary>Seconds until a secondary tries again after a failed look.</summary>
    public uint Retry { get; init; }

    /// <summary>Seconds until a secondary that cannot reach the primary gives the zone up.</summary>
    public uint Expire { get; init; }

    /// <summary>
    /// Seconds that a negative answer may be cached, where the record's own time to live is not shorter (RFC 2308, section 5).
    /// </summary>
    public uint Minimum { get; init; }

    internal override void WriteData(ref DnsWireWriter writer)
    {
        writer.WriteName(PrimaryServer);
        writer.WriteName(Mailbox);
        writer.WriteUInt32(Serial);
        writer.WriteUInt32(Refresh);
        writer.WriteUInt32(Retry);
        writer.WriteUInt32(Expire);
        writer.WriteUInt32(Minimum);
    }
}
