using System.Buffers.Binary;

namespace DomainVerification.Dns;

/// <summary>
/// A response that is one TXT record at the very name that was asked for, with nothing else in it that anybody learns from: what the answer
/// to most proofs is. It takes one array instead of an object for each part of a message.
/// </summary>
internal readonly struct LoneText
{
    private const int HeaderLength = 12;

    // A pointer to the question's name, the type, the class, the time to live and the length of the data.
    private const int RecordHeaderLength = 12;
    private const int TimeToLiveLength = 4;

    private readonly byte[]? _octets;

    private LoneText(byte[] octets) => _octets = octets;

    /// <summary>Whether there is none.</summary>
    public bool IsNone => _octets is null;

    public TimeSpan TimeToLive => DnsRecordHeader.ToTimeToLive(BinaryPrimitives.ReadUInt32BigEndian(_octets));

    /// <summary>The strings, each after its length.</summary>
    public ReadOnlyMemory<byte> Data => _octets.AsMemory(TimeToLiveLength);

    public DnsTxtRecord ToRecord(DnsName name) => new(name, TimeToLive, Data);

    /// <summary>Reads a response whose id and question have been found to be the right ones, and which is not truncated.</summary>
    /// <param name="packet">The response.</param>
    /// <param name="question">The question that it repeats.</param>
    /// <param name="needsAuthority">Whether only the word of a server with authority will do.</param>
    /// <param name="cookie">The cookie that was sent.</param>
    /// <param name="text">What it holds.</param>
    /// <returns>False where it is anything else; it has to be read whole then.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> packet,
        DnsQuestion question,
        bool needsAuthority,
        ReadOnlySpan<byte> cookie,
        out LoneText text)
    {
        text = default;
        const int CodeMask = 0xF;
        var flags = (DnsHeaderFlags)BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if ((needsAuthority && !flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer))
            || question.Type != DnsRecordType.TXT
            || question.Class != DnsRecordClass.Internet
            || (packet[3] & CodeMask) != (int)DnsResponseCode.NoError
            || BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) != 1)
        {
            return false;
        }

        var start = HeaderLength + question.Name.WireForm.Length + 4;
        if (packet.Length - start < RecordHeaderLength || !IsHeader(packet.Slice(start, RecordHeaderLength)))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(packet[(start + 10)..]);
        var rest = start + RecordHeaderLength + length;
        if (rest > packet.Length || !DnsTxtRecord.IsData(packet[(start + RecordHeaderLength)..rest]) || !IsSilent(packet, rest, cookie))
        {
            return false;
        }

        var octets = GC.AllocateUninitializedArray<byte>(TimeToLiveLength + length);
        packet.Slice(start + 6, TimeToLiveLength).CopyTo(octets);
        packet.Slice(start + RecordHeaderLength, length).CopyTo(octets.AsSpan(TimeToLiveLength));
        text = new LoneText(octets);
        return true;
    }

    private static bool IsHeader(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt16BigEndian(header) == (0xC000 | HeaderLength)
        && BinaryPrimitives.ReadUInt16BigEndian(header[2..]) == (ushort)DnsRecordType.TXT
        && BinaryPrimitives.ReadUInt16BigEndian(header[4..]) == (ushort)DnsRecordClass.Internet;

    /// <summary>Whether what stands behind the answer can be read, and says nothing that is not known.</summary>
    private static bool IsSilent(ReadOnlySpan<byte> packet, int start, ReadOnlySpan<byte> cookie)
    {
        var authorities = BinaryPrimitives.ReadUInt16BigEndian(packet[8..]);
        var additionals = BinaryPrimitives.ReadUInt16BigEndian(packet[10..]);
        DnsWireReader reader = new(packet) { Position = start };
        return DnsRestReader.TryPass(ref reader, authorities, additionals, out var edns, out var extendedCode)
            && extendedCode == 0
            && edns is not { Version: not 0 }
            && IsKnown(edns, cookie);
    }

    // A server that has given a cookie has to repeat it; one that gives another one has to be listened to.
    private static bool IsKnown(DnsEdns? edns, ReadOnlySpan<byte> cookie) => DnsCookie.HasServerPart(cookie)
        ? edns is { Options: [{ Code: DnsEdnsOptionCode.Cookie } only] } && only.Data.Span.SequenceEqual(cookie)
        : edns is null or { Options: [] };
}
