using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>
/// Writes wire format into a buffer; once something did not fit, <see cref="Overflowed"/> stays set and nothing more is written.
/// </summary>
internal ref struct DnsWireWriter(Span<byte> destination)
{
    private const int MaxPointerTarget = 0x3FFF;

    // Bounds the search for suffixes to point to; past it names are written in full.
    private const int MaxRememberedLabels = 256;

    private readonly Span<byte> _destination = destination;

    // Places in the buffer where a label, and with it a suffix of a name, starts.
    private List<int>? _labels;

    public int Position { get; private set; }

    public bool Overflowed { get; private set; }

    public void WriteByte(byte value)
    {
        if (Reserve(1) is int offset and >= 0)
        {
            _destination[offset] = value;
        }
    }

    public void WriteUInt16(ushort value)
    {
        if (Reserve(2) is int offset and >= 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_destination[offset..], value);
        }
    }

    public void WriteUInt32(uint value)
    {
        if (Reserve(4) is int offset and >= 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_destination[offset..], value);
        }
    }

    public void WriteOctets(scoped ReadOnlySpan<byte> octets)
    {
        if (Reserve(octets.Length) is int offset and >= 0)
        {
            octets.CopyTo(_destination[offset..]);
        }
    }

    public void WriteUncompressedName(DnsName name) => WriteOctets(name.WireForm);

    /// <summary>
    /// Writes a name, pointing to an earlier writing of its end where there is one (RFC 1035, section 4.1.4). Only an end of the same case
    /// is pointed to, so that a reader sees every name as it was given.
    /// </summary>
    public void WriteName(DnsName name)
    {
        var rest = name.WireForm;
        while (rest[0] != 0)
        {
            if (FindSuffix(rest) is int target and >= 0)
            {
                WriteUInt16((ushort)(0xC000 | target));
                return;
            }

            Remember(Position);
            WriteOctets(rest[..(rest[0] + 1)]);
            rest = rest[(rest[0] + 1)..];
        }

        WriteByte(0);
    }

    /// <summary>Writes a record with its data length, which is known only after the data.</summary>
    public void WriteRecord(DnsRecord record)
    {
        WriteName(record.Name);
        WriteUInt16((ushort)record.Type);
        WriteUInt16((ushort)record.Class);
        WriteUInt32((uint)record.TimeToLive.TotalSeconds);
        var lengthOffset = Position;
        WriteUInt16(0);
        record.WriteData(ref this);
        var length = Position - lengthOffset - 2;
        if (length > ushort.MaxValue)
        {
            Overflowed = true;
        }

        if (!Overflowed)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_destination[lengthOffset..], (ushort)length);
        }
    }

    private int Reserve(int length)
    {
        if (Overflowed || length > _destination.Length - Position)
        {
            Overflowed = true;
            return -1;
        }

        var offset = Position;
        Position += length;
        return offset;
    }

    private void Remember(int offset)
    {
        if (offset > MaxPointerTarget)
        {
            return;
        }

        _labels ??= [];
        if (_labels.Count < MaxRememberedLabels)
        {
            _labels.Add(offset);
        }
    }

    private readonly int FindSuffix(ReadOnlySpan<byte> suffix)
    {
        if (_labels is null)
        {
            return -1;
        }

        foreach (var offset in _labels)
        {
            if (NameAtEquals(offset, suffix))
            {
                return offset;
            }
        }

        return -1;
    }

    private readonly bool NameAtEquals(int offset, ReadOnlySpan<byte> suffix)
    {
        ReadOnlySpan<byte> written = _destination[..Position];
        while (offset < written.Length)
        {
            var length = written[offset];
            if (length >= 0xC0)
            {
                if (offset + 2 > written.Length)
                {
                    return false;
                }

                offset = BinaryPrimitives.ReadUInt16BigEndian(written[offset..]) & MaxPointerTarget;
                continue;
            }

            // The name being written right now has no end yet.
            if (offset + 1 + length > written.Length || !written.Slice(offset, 1 + length).SequenceEqual(suffix[..(1 + suffix[0])]))
            {
                return false;
            }

            if (length == 0)
            {
                return true;
            }

            offset += 1 + length;
            suffix = suffix[(1 + length)..];
        }

        return false;
    }
}
