using System.Buffers;
using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>
/// One sending of a query: its octets with a fresh id, and the judgement of what comes back. The octets are pooled, and the object may be
/// used for one sending after the other.
/// </summary>
internal sealed class OutgoingQuery : IDisposable
{
    private const int HeaderLength = 12;
    private const int PrefixLength = 2;
    private const int UsualLength = 256;
    private const int MaxLength = 4096;

    private DnsQuestion _question = new(DnsName.Root, DnsRecordType.ANY);
    private int _length;
    private bool _isDatagram;
    private bool _needsAuthority;
    private ReadOnlyMemory<byte> _cookie;
    private byte[] _buffer = [];

    /// <summary>Has no octets before <see cref="Write"/>.</summary>
    public OutgoingQuery()
    {
    }

    /// <inheritdoc cref="Write"/>
    public OutgoingQuery(DnsQuery query, DnsTransportKind kind) => Write(QueryParts.Of(query), kind);

    /// <summary>The random number of the sending.</summary>
    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(PrefixLength));

    /// <summary>The message.</summary>
    public ReadOnlyMemory<byte> Message => _buffer.AsMemory(PrefixLength, _length);

    /// <summary>The message after its length in two octets, as TCP wants it (RFC 1035, section 4.2.2).</summary>
    public ReadOnlyMemory<byte> PrefixedMessage => _buffer.AsMemory(0, PrefixLength + _length);

    /// <summary>Takes a query, with an id of its own.</summary>
    /// <param name="query">The query.</param>
    /// <param name="kind">
    /// Only over UDP the case of the name is made random: 0x20, more bits for an attacker to guess. Over HTTPS the id is zero, since each
    /// response belongs to its request (RFC 8484, section 4.1).
    /// </param>
    /// <exception cref="ArgumentException">The query is too long.</exception>
    public void Write(in QueryParts query, DnsTransportKind kind)
    {
        _question = query.Question;
        _cookie = DnsCookie.Find(query.Edns)?.Data ?? default;
        _isDatagram = kind == DnsTransportKind.Udp;

        // Who does not ask for recursion wants the server's own word.
        _needsAuthority = !query.Flags.HasFlag(DnsHeaderFlags.RecursionDesired);
        Span<byte> random = stackalloc byte[2 + (DnsName.MaxWireLength / 8) + 1];
        random = random[..(2 + ((_question.Name.WireForm.Length + 7) / 8))];
        RandomOctets.Fill(random);
        var id = kind == DnsTransportKind.Https ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(random);
        if (!TryWrite(query, id, UsualLength) && !TryWrite(query, id, PrefixLength + MaxLength))
        {
            Dispose();
            throw new ArgumentException($"The query passes {MaxLength} octets.", nameof(query));
        }

        BinaryPrimitives.WriteUInt16BigEndian(_buffer, (ushort)_length);
        if (_isDatagram)
        {
            Letters.Turn(_buffer.AsSpan(PrefixLength + HeaderLength, _question.Name.WireForm.Length), random[2..]);
        }
    }

    /// <summary>
    /// Judges a packet. The name in the question of an accepted response is put back to the case that the caller gave, so that the random
    /// case does not get into owner names, which point to it.
    /// </summary>
    public PacketVerdict Judge(Span<byte> packet, out DnsMessage? response, out DnsReadError error) =>
        Judge(packet, takesText: false, out response, out _, out error);

    /// <inheritdoc cref="Judge(Span{byte}, out DnsMessage, out DnsReadError)"/>
    /// <param name="packet">What came.</param>
    /// <param name="takesText">Whether a text may stand for the response.</param>
    /// <param name="response">The response, where it is accepted and no text stands for it.</param>
    /// <param name="text">The text that stands for the response.</param>
    /// <param name="error">Why the response cannot be read.</param>
    public PacketVerdict Judge(Span<byte> packet, bool takesText, out DnsMessage? response, out LoneText text, out DnsReadError error)
    {
        response = null;
        text = default;
        error = default;
        var query = Message.Span;
        if (packet.Length < HeaderLength || !packet[..2].SequenceEqual(query[..2]) || !IsResponse(packet))
        {
            return PacketVerdict.Foreign;
        }

        var isBare = IsBareError(packet);
        var verdict = isBare ? PacketVerdict.Accepted : JudgeQuestion(packet);
        if (verdict != PacketVerdict.Accepted)
        {
            return verdict;
        }

        if (((DnsHeaderFlags)BinaryPrimitives.ReadUInt16BigEndian(packet[2..])).HasFlag(DnsHeaderFlags.Truncated))
        {
            return PacketVerdict.Truncated;
        }

        if (takesText && !isBare && LoneText.TryRead(packet, _question, _needsAuthority, _cookie.Span, out text))
        {
            return PacketVerdict.Accepted;
        }

        var isRead = isBare
            ? DnsMessageReader.TryRead(packet, out var message, out error)
            : DnsMessageReader.TryReadResponse(packet, _question, out message, out error);
        if (!isRead)
        {
            return PacketVerdict.Malformed;
        }

        verdict = JudgeCookie(message!.Edns);
        response = verdict == PacketVerdict.Accepted ? message : null;
        return verdict;
    }

    /// <summary>The question that a packet repeats; null where it has none that can be read.</summary>
    public static DnsQuestion? ReadQuestion(ReadOnlySpan<byte> packet)
    {
        var fault = DnsNameReader.Read(packet, HeaderLength, out var name, out var end);
        return fault != DnsReadErrorKind.None || packet.Length - end < 4
            ? null
            : new DnsQuestion(
                name!,
                (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(packet[end..]),
                (DnsRecordClass)BinaryPrimitives.ReadUInt16BigEndian(packet[(end + 2)..]));
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryWrite(in QueryParts query, ushort id, int bufferLength)
    {
        if (_buffer.Length < bufferLength)
        {
            Dispose();
            _buffer = ArrayPool<byte>.Shared.Rent(bufferLength);
        }

        var room = _buffer.AsSpan(PrefixLength, Math.Min(_buffer.Length - PrefixLength, MaxLength));
        return DnsMessageWriter.TryWriteQuery(query, id, room, out _length);
    }

    private static bool IsResponse(ReadOnlySpan<byte> packet)
    {
        const int OpCodeMask = 0x78;
        return (packet[2] & 0x80) != 0 && (packet[2] & OpCodeMask) == 0;
    }

    // A server that cannot read a query cannot repeat its question; such a packet carries nothing but the code.
    private static bool IsBareError(ReadOnlySpan<byte> packet)
    {
        DnsResponseCode code = (DnsResponseCode)(packet[3] & 0xF);
        var isEmpty = packet[4..8].IndexOfAnyExcept((byte)0) < 0;
        return isEmpty && code is (DnsResponseCode.FormatError or DnsResponseCode.NotImplemented);
    }

    private PacketVerdict JudgeCookie(DnsEdns? edns)
    {
        if (_cookie.Length < DnsCookie.ClientLength)
        {
            return PacketVerdict.Accepted;
        }

        var received = DnsCookie.Find(edns)?.Data;
        if (received is { } cookie && !DnsCookie.Answers(cookie.Span, _cookie.Span))
        {
            return PacketVerdict.Foreign;
        }

        var isWhole = received is { } whole && DnsCookie.HasServerPart(whole.Span);
        return _isDatagram && !isWhole && DnsCookie.HasServerPart(_cookie.Span) ? PacketVerdict.CookieMissing : PacketVerdict.Accepted;
    }

    private PacketVerdict JudgeQuestion(Span<byte> packet)
    {
        var asked = Message.Span.Slice(HeaderLength, _question.Name.WireForm.Length + 4);
        if (BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) != 1 || packet.Length < HeaderLength + asked.Length)
        {
            return PacketVerdict.Foreign;
        }

        var repeated = packet.Slice(HeaderLength, asked.Length);
        var isSameExactly = repeated.SequenceEqual(asked);
        var isSameName = isSameExactly || DnsName.EqualIgnoringCase(repeated[..^4], asked[..^4]);
        if (!isSameName || !repeated[^4..].SequenceEqual(asked[^4..]))
        {
            return PacketVerdict.Foreign;
        }

        if (!isSameExactly && _isDatagram)
        {
            return PacketVerdict.CaseMismatch;
        }

        _question.Name.WireForm.CopyTo(repeated);
        return PacketVerdict.Accepted;
    }
}
