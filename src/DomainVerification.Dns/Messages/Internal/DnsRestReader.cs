namespace DomainVerification.Dns;

/// <summary>
/// Passes over the records behind the answers, where they are what they are in most responses: name servers, their addresses and the OPT
/// record. It takes no record that reading would refuse.
/// </summary>
internal static class DnsRestReader
{
    /// <returns>
    /// False where there is anything else, or anything that cannot be read: then the records have to be read one by one, which tells what
    /// is wrong.
    /// </returns>
    public static bool TryPass(ref DnsWireReader reader, int authorities, int additionals, out DnsEdns? edns, out int extendedCode)
    {
        edns = null;
        extendedCode = 0;
        for (var i = 0; i < authorities + additionals; i++)
        {
            if (!reader.TryPassName(out var labels))
            {
                return false;
            }

            reader.TryReadUInt16(out var type);
            reader.TryReadUInt16(out var recordClass);
            reader.TryReadUInt32(out var timeToLive);
            if (!reader.TryReadUInt16(out var length))
            {
                return false;
            }

            if ((DnsRecordType)type == DnsRecordType.OPT)
            {
                DnsRecordHeader header = new(DnsName.Root, DnsRecordType.OPT, (DnsRecordClass)recordClass, timeToLive, length);
                if (i < authorities || labels > 0 || edns is not null || !DnsEdnsReader.TryRead(ref reader, header, out edns))
                {
                    return false;
                }

                extendedCode = (int)(timeToLive >> 24) << 4;
            }
            else if (!TryPassData(ref reader, (DnsRecordType)type, (DnsRecordClass)recordClass, length))
            {
                return false;
            }
        }

        return reader.Remaining == 0;
    }

    private static bool TryPassData(ref DnsWireReader reader, DnsRecordType type, DnsRecordClass recordClass, int length)
    {
        if (recordClass != DnsRecordClass.Internet)
        {
            return false;
        }

        var end = reader.Position + length;
        return type switch
        {
            DnsRecordType.A => length == 4 && reader.TryReadOctets(length, out _),
            DnsRecordType.AAAA => length == 16 && reader.TryReadOctets(length, out _),
            DnsRecordType.NS => length <= reader.Remaining && reader.TryPassName(out _) && reader.Position == end,
            _ => false,
        };
    }
}
