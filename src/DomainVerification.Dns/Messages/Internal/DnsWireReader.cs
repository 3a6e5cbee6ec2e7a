using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>Reads wire format; the first fault is kept in <see cref="Error"/> and every later read answers false too.</summary>
internal ref struct DnsWireReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;

    /// <summary>Reads octets that stay as they are, so that what is read can be parts of them.</summary>
    public DnsWireReader(ReadOnlyMemory<byte> owned)
        : this(owned.Span) => Owned = owned;

    // The owner of most records is the name in the question, written as a pointer to it: one object serves all.
    private DnsName? _firstName;
    private int _firstNameOffset;

    /// <summary>The message, where its octets stay as they are; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Owned { get; }

    public int Position { readonly get; set; }

    public DnsReadError Error { get; private set; }

    public readonly int Remaining => _message.Length - Position;

    public bool Fail(DnsReadErrorKind kind)
    {
        if (Error.Kind == DnsReadErrorKind.None)
        {
            Error = new DnsReadError(kind, Position);
        }

        return false;
    }

    public bool TryReadByte(out byte value)
    {
        var read = TryReadOctets(1, out var octets);
        value = read ? octets[0] : (byte)0;
        return read;
    }

    public bool TryReadUInt16(out ushort value)
    {
        var read = TryReadOctets(2, out var octets);
        value = read ? BinaryPrimitives.ReadUInt16BigEndian(octets) : (ushort)0;
        return read;
    }

    public bool TryReadUInt32(out uint value)
    {
        var read = TryReadOctets(4, out var octets);
        value = read ? BinaryPrimitives.ReadUInt32BigEndian(octets) : 0;
        return read;
    }

    public bool TryReadOctets(int count, out ReadOnlySpan<byte> octets)
    {
        octets = default;
        if (Error.Kind != DnsReadErrorKind.None)
        {
            return false;
        }

        if (count > Remaining)
        {
            return Fail(DnsReadErrorKind.Truncated);
        }

        octets = _message.Slice(Position, count);
        Position += count;
        return true;
    }

    /// <summary>Reads octets to be kept.</summary>
    public bool TryKeepOctets(int count, out ReadOnlyMemory<byte> octets)
    {
        var start = Position;
        var isRead = TryReadOctets(count, out var read);
        octets = !isRead ? default : Owned.IsEmpty ? read.ToArray() : Owned.Slice(start, count);
        return isRead;
    }

    /// <summary>Reads a name that nobody needs.</summary>
    public bool TryPassName(out int labels)
    {
        labels = 0;
        if (Error.Kind != DnsReadErrorKind.None)
        {
            return false;
        }

        var fault = DnsNameReader.Pass(_message, Position, out labels, out var end);
        if (fault != DnsReadErrorKind.None)
        {
            return Fail(fault);
        }

        Position = end;
        return true;
    }

    public bool TryReadName([NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (Error.Kind != DnsReadErrorKind.None)
        {
            return false;
        }

        if (TryReuseFirstName(out name))
        {
            return true;
        }

        var start = Position;
        var fault = DnsNameReader.Read(_message, start, out name, out var end);
        if (fault != DnsReadErrorKind.None || name is null)
        {
            return Fail(fault);
        }

        if (_firstName is null)
        {
            _firstName = name;
            _firstNameOffset = start;
        }

        Position = end;
        return true;
    }

    /// <summary>Passes over a name that is known to stand here, uncompressed.</summary>
    public void TakeName(DnsName name)
    {
        (_firstName, _firstNameOffset) = (name, Position);
        TryReadOctets(name.WireForm.Length, out _);
    }

    private bool TryReuseFirstName([NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (_firstName is null || Remaining < 2)
        {
            return false;
        }

        if (BinaryPrimitives.ReadUInt16BigEndian(_message[Position..]) != (0xC000 | _firstNameOffset))
        {
            return false;
        }

        name = _firstName;
        Position += 2;
        return true;
    }
}
