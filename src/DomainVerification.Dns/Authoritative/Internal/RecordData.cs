namespace DomainVerification.Dns;

/// <summary>The data of a record, for comparing what several servers say: equal where the records are the same but for their time to live.</summary>
internal readonly record struct RecordData(DnsRecordType Type, string Octets)
{
    public static RecordData Of(DnsRecord record)
    {
        Span<byte> buffer = new byte[DnsMessageWriter.MaxMessageLength];
        DnsWireWriter writer = new(buffer);
        record.WriteData(ref writer);
        var data = buffer[..writer.Position];

        // Names differ in nothing where they differ in case (RFC 4343); text does.
        if (record is not (DnsTxtRecord or DnsUnknownRecord))
        {
            foreach (ref var octet in data)
            {
                octet = octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;
            }
        }

        return new RecordData(record.Type, Convert.ToHexString(data));
    }
}
