using System.Buffers;

namespace DomainVerification.Dns;

/// <summary>
/// The data of a record, for comparing what several servers say: equal where the records are the same but for their time to live.
/// </summary>
internal readonly struct RecordData : IEquatable<RecordData>
{
    private readonly DnsRecordType _type;
    private readonly ReadOnlyMemory<byte> _octets;

    private RecordData(DnsRecordType type, ReadOnlyMemory<byte> octets) => (_type, _octets) = (type, octets);

    public static RecordData Of(DnsRecord record) => new(record.Type, record is DnsTxtRecord text ? text.Data : Write(record));

    /// <summary>Whether both are the same records, in whatever order, each counted once.</summary>
    public static bool AreSame(IReadOnlyList<DnsRecord> one, IReadOnlyList<DnsRecord> other) =>
        AreSameInOrder(one, other) || one.Select(Of).ToHashSet().SetEquals(other.Select(Of));

    public bool Equals(RecordData other) => _type == other._type && _octets.Span.SequenceEqual(other._octets.Span);

    public override bool Equals(object? obj) => obj is RecordData other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = new();
        hash.Add(_type);
        hash.AddBytes(_octets.Span);
        return hash.ToHashCode();
    }

    private static bool AreSameInOrder(IReadOnlyList<DnsRecord> one, IReadOnlyList<DnsRecord> other)
    {
        var isSame = one.Count == other.Count;
        for (var i = 0; isSame && i < one.Count; i++)
        {
            isSame = Of(one[i]).Equals(Of(other[i]));
        }

        return isSame;
    }

    private static byte[] Write(DnsRecord record)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(DnsMessageWriter.MaxMessageLength);
        DnsWireWriter writer = new(buffer);
        record.WriteData(ref writer);
        var data = buffer.AsSpan(0, writer.Position).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);

        // Names differ in nothing where they differ in case (RFC 4343); addresses and unknown data do.
        if (record is not (DnsARecord or DnsAaaaRecord or DnsUnknownRecord))
        {
            foreach (ref var octet in data.AsSpan())
            {
                octet = octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;
            }
        }

        return data;
    }
}
