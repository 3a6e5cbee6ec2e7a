namespace DomainVerification.Dns;

/// <summary>A record whose data is kept as it came, uninterpreted (RFC 3597).</summary>
public sealed class DnsUnknownRecord : DnsRecord
{
    /// <summary>Makes the record.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="type">The type. Data for a type with a class of its own is taken too, and read back as that class.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="data">The octets of the data, at most 65,535. Names in it must not be compressed.</param>
    public DnsUnknownRecord(DnsName name, DnsRecordType type, TimeSpan timeToLive, ReadOnlyMemory<byte> data)
        : base(name, type, timeToLive)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, ushort.MaxValue, nameof(data));
        Data = data;
    }

    /// <summary>The octets of the data.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    internal override void WriteData(ref DnsWireWriter writer) => writer.WriteOctets(Data.Span);
}
