namespace DomainVerification.Dns;

/// <summary>
/// What every record begins with (RFC 1035, section 3.2.1), as it came: for an OPT record the fields mean something else.
/// </summary>
internal readonly record struct DnsRecordHeader(
    DnsName Name,
    DnsRecordType Type,
    DnsRecordClass Class,
    uint RawTimeToLive,
    ushort DataLength)
{
    public TimeSpan TimeToLive => ToTimeToLive(RawTimeToLive);

    // RFC 2181, section 8: a value with the highest bit set is treated as zero.
    public static TimeSpan ToTimeToLive(uint seconds) => TimeSpan.FromSeconds(seconds > int.MaxValue ? 0 : seconds);

    public static bool TryRead(ref DnsWireReader reader, out DnsRecordHeader header)
    {
        header = default;
        if (!reader.TryReadName(out var name))
        {
            return false;
        }

        reader.TryReadUInt16(out var type);
        reader.TryReadUInt16(out var recordClass);
        reader.TryReadUInt32(out var timeToLive);
        if (!reader.TryReadUInt16(out var dataLength))
        {
            return false;
        }

        header = new DnsRecordHeader(name, (DnsRecordType)type, (DnsRecordClass)recordClass, timeToLive, dataLength);
        return true;
    }
}
