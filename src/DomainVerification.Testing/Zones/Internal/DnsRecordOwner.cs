using System.Diagnostics;
using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>Gives a record another owner: a wildcard has many, and an answer repeats the letters of its question.</summary>
internal static class DnsRecordOwner
{
    public static DnsRecord OwnedBy(this DnsRecord record, DnsName owner)
    {
        var timeToLive = record.TimeToLive;
        return record switch
        {
            _ when record.Name.EqualsExactly(owner) => record,
            DnsTxtRecord txt => new DnsTxtRecord(owner, timeToLive, txt.Strings),
            DnsCnameRecord cname => new DnsCnameRecord(owner, timeToLive, cname.Target),
            DnsDnameRecord dname => new DnsDnameRecord(owner, timeToLive, dname.Target),
            DnsNsRecord ns => new DnsNsRecord(owner, timeToLive, ns.Server),
            DnsMxRecord mx => new DnsMxRecord(owner, timeToLive, mx.Preference, mx.Exchange),
            DnsARecord a => new DnsARecord(owner, timeToLive, a.Address),
            DnsAaaaRecord aaaa => new DnsAaaaRecord(owner, timeToLive, aaaa.Address),
            DnsUnknownRecord other => new DnsUnknownRecord(owner, other.Type, timeToLive, other.Data),
            DnsSoaRecord soa => new DnsSoaRecord(owner, timeToLive, soa.PrimaryServer, soa.Mailbox)
            {
                Serial = soa.Serial,
                Refresh = soa.Refresh,
                Retry = soa.Retry,
                Expire = soa.Expire,
                Minimum = soa.Minimum,
            },
            _ => throw new UnreachableException($"No such record: {record.GetType()}."),
        };
    }
}
