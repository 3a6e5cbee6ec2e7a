using DomainVerification.Dns;
using Library = global::DnsClient;
using Protocol = global::DnsClient.Protocol;

namespace DomainVerification.DnsClient;

/// <summary>Records of the library as records.</summary>
internal static class DnsClientRecord
{
    public static RecordReading Read(Protocol.DnsResourceRecord record)
    {
        // No name that can be asked has an owner that cannot be read, so such a record is not part of the answer.
        if (!DnsClientNames.TryReadPlain(record.DomainName, out DnsName? owner))
        {
            return default;
        }

        // A time to live with its highest bit set counts as zero (RFC 2181, section 8).
        TimeSpan timeToLive = TimeSpan.FromSeconds(Math.Max(record.InitialTimeToLive, 0));
        RecordReading reading = ReadData(record, owner, timeToLive);
        return reading.Record is { } read && (DnsRecordClass)record.RecordClass != read.Class ? default : reading;
    }

    private static RecordReading ReadData(Protocol.DnsResourceRecord record, DnsName owner, TimeSpan timeToLive) => record switch
    {
        Protocol.TxtRecord text when record.RecordType == Protocol.ResourceRecordType.TXT =>
            new(new DnsTxtRecord(owner, timeToLive, DnsClientText.ReadStrings(text))),
        Protocol.CNameRecord alias => Named(alias.CanonicalName, target => new DnsCnameRecord(owner, timeToLive, target)),
        Protocol.NsRecord delegation => Named(delegation.NSDName, server => new DnsNsRecord(owner, timeToLive, server)),
        Protocol.MxRecord mail => Named(mail.Exchange, host => new DnsMxRecord(owner, timeToLive, mail.Preference, host)),
        Protocol.ARecord address => new(new DnsARecord(owner, timeToLive, address.Address)),
        Protocol.AaaaRecord address => new(new DnsAaaaRecord(owner, timeToLive, address.Address)),
        Protocol.SoaRecord start => ReadSoa(start, owner, timeToLive),
        Protocol.UnknownRecord unknown when (DnsRecordType)record.RecordType == DnsRecordType.DNAME =>
            DnsClientNames.TryReadWire(unknown.Data, out DnsName? target)
                ? new(new DnsDnameRecord(owner, timeToLive, target))
                : new(null, "name_not_readable"),
        Protocol.UnknownRecord unknown =>
            new(new DnsUnknownRecord(owner, (DnsRecordType)record.RecordType, timeToLive, unknown.Data.ToArray())),
        _ => new(null, "record_type_not_readable"),
    };

    private static RecordReading ReadSoa(Protocol.SoaRecord start, DnsName owner, TimeSpan timeToLive)
    {
        if (!DnsClientNames.TryReadEscaped(start.MName, out DnsName? primary)
            || !DnsClientNames.TryReadEscaped(start.RName, out DnsName? mailbox))
        {
            return new(null, "name_not_readable");
        }

        return new(new DnsSoaRecord(owner, timeToLive, primary, mailbox)
        {
            Serial = start.Serial,
            Refresh = start.Refresh,
            Retry = start.Retry,
            Expire = start.Expire,
            Minimum = start.Minimum,
        });
    }

    private static RecordReading Named(Library.DnsString text, Func<DnsName, DnsRecord> make) =>
        DnsClientNames.TryReadEscaped(text, out DnsName? name) ? new(make(name)) : new(null, "name_not_readable");
}
