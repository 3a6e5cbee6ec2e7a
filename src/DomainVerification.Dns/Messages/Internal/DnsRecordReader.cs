using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace DomainVerification.Dns;

/// <summary>Reads the data of a record by its type. What it reads must end exactly where the length field says.</summary>
internal static class DnsRecordReader
{
    public static bool TryRead(
        ref DnsWireReader reader,
        in DnsRecordHeader header,
        [NotNullWhen(true)] out DnsRecord? record)
    {
        record = null;
        if (reader.Error.Kind != DnsReadErrorKind.None)
        {
            return false;
        }

        var end = reader.Position + header.DataLength;
        record = header.DataLength > reader.Remaining ? null : ReadData(ref reader, header);
        if (record is not null && reader.Position == end)
        {
            return true;
        }

        record = null;
        return reader.Fail(header.DataLength > reader.Remaining ? DnsReadErrorKind.Truncated : DnsReadErrorKind.BadRecordData);
    }

    private static DnsRecord? ReadData(ref DnsWireReader reader, in DnsRecordHeader header)
    {
        var isInternet = header.Class == DnsRecordClass.Internet;
        return header.Type switch
        {
            DnsRecordType.TXT => ReadText(ref reader, header),
            DnsRecordType.CNAME => reader.TryReadName(out var target)
                ? new DnsCnameRecord(header.Name, header.TimeToLive, target) { Class = header.Class }
                : null,
            DnsRecordType.DNAME => reader.TryReadName(out var target)
                ? new DnsDnameRecord(header.Name, header.TimeToLive, target) { Class = header.Class }
                : null,
            DnsRecordType.NS => reader.TryReadName(out var server)
                ? new DnsNsRecord(header.Name, header.TimeToLive, server) { Class = header.Class }
                : null,
            DnsRecordType.MX => reader.TryReadUInt16(out var preference) && reader.TryReadName(out var exchange)
                ? new DnsMxRecord(header.Name, header.TimeToLive, preference, exchange) { Class = header.Class }
                : null,
            DnsRecordType.SOA => ReadStartOfAuthority(ref reader, header),
            DnsRecordType.A when isInternet => header.DataLength == 4 && reader.TryReadOctets(4, out var octets)
                ? new DnsARecord(header.Name, header.TimeToLive, new IPAddress(octets))
                : null,
            DnsRecordType.AAAA when isInternet => header.DataLength == 16 && reader.TryReadOctets(16, out var octets)
                ? new DnsAaaaRecord(header.Name, header.TimeToLive, new IPAddress(octets))
                : null,
            _ => reader.TryReadOctets(header.DataLength, out var data)
                ? new DnsUnknownRecord(header.Name, header.Type, header.TimeToLive, data.ToArray()) { Class = header.Class }
                : null,
        };
    }

    private static DnsTxtRecord? ReadText(ref DnsWireReader reader, in DnsRecordHeader header) =>
        reader.TryKeepOctets(header.DataLength, out var octets) && DnsTxtRecord.IsData(octets.Span)
            ? new DnsTxtRecord(header.Name, header.TimeToLive, octets) { Class = header.Class }
            : null;

    private static DnsSoaRecord? ReadStartOfAuthority(ref DnsWireReader reader, in DnsRecordHeader header)
    {
        if (!reader.TryReadName(out var primaryServer) || !reader.TryReadName(out var mailbox))
        {
            return null;
        }

        reader.TryReadUInt32(out var serial);
        reader.TryReadUInt32(out var refresh);
        reader.TryReadUInt32(out var retry);
        reader.TryReadUInt32(out var expire);
        return reader.TryReadUInt32(out var minimum)
            ? new DnsSoaRecord(header.Name, header.TimeToLive, primaryServer, mailbox)
            {
                Class = header.Class,
                Serial = serial,
                Refresh = refresh,
                Retry = retry,
                Expire = expire,
                Minimum = minimum,
            }
            : null;
    }
}
