using System.Buffers;
using System.Text;

namespace DomainVerification.Dns;

/// <summary>
/// A TXT record: one or more strings of up to 255 octets (RFC 1035, section 3.3.14). The strings of one record belong together; those of
/// two records never do.
/// </summary>
public sealed class DnsTxtRecord : DnsRecord
{
    /// <summary>The longest single string, in octets.</summary>
    public const int MaxStringLength = 255;

    private IReadOnlyList<ReadOnlyMemory<byte>>? _strings;
    private string? _text;

    /// <summary>Makes the record from its strings.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="strings">At least one string, none longer than <see cref="MaxStringLength"/>.</param>
    /// <exception cref="ArgumentException">There is no string, or one is too long.</exception>
    public DnsTxtRecord(DnsName name, TimeSpan timeToLive, IReadOnlyList<ReadOnlyMemory<byte>> strings)
        : base(name, DnsRecordType.TXT, timeToLive)
    {
        ArgumentNullException.ThrowIfNull(strings);
        if (strings.Count == 0)
        {
            throw new ArgumentException("A TXT record holds at least one string.", nameof(strings));
        }

        for (var i = 0; i < strings.Count; i++)
        {
            if (strings[i].Length > MaxStringLength)
            {
                throw new ArgumentException($"A string of a TXT record holds at most {MaxStringLength} octets.", nameof(strings));
            }
        }

        _strings = strings;
        Data = Join(strings);
    }

    /// <summary>Makes the record from its data in wire form, which is whole.</summary>
    internal DnsTxtRecord(DnsName name, TimeSpan timeToLive, ReadOnlyMemory<byte> data)
        : base(name, DnsRecordType.TXT, timeToLive) => Data = data;

    /// <summary>Makes the record from text, encoded as UTF-8 and cut into strings of <see cref="MaxStringLength"/> octets.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="text">The text; may be empty.</param>
    public DnsTxtRecord(DnsName name, TimeSpan timeToLive, string text)
        : this(name, timeToLive, Cut(text))
    {
    }

    /// <summary>The strings, in their order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Strings => _strings ??= Split();

    /// <summary>
    /// The strings of this record joined without anything between them and decoded as UTF-8; what is not UTF-8 becomes U+FFFD, so that
    /// ASCII text is equal here exactly when it is equal octet by octet.
    /// </summary>
    public string Text => _text ??= Read();

    /// <summary>As on the wire: each string after its length. Most records are read once, as a text, and need no list of strings.</summary>
    internal ReadOnlyMemory<byte> Data { get; }

    /// <summary>The octets of all strings together.</summary>
    internal int Length
    {
        get
        {
            var octets = Data.Span;
            var count = 0;
            for (var at = 0; at < octets.Length; at += octets[at] + 1)
            {
                count++;
            }

            return octets.Length - count;
        }
    }

    /// <summary>
    /// Gives the text of a record's data without making one; false where it has several strings, is not ASCII, or is longer than the room
    /// for it.
    /// </summary>
    internal static bool TryCopyAscii(ReadOnlySpan<byte> data, Span<char> destination, out int length)
    {
        length = data[0];
        return length + 1 == data.Length
            && length <= destination.Length
            && Ascii.ToUtf16(data[1..], destination, out _) == OperationStatus.Done;
    }

    /// <summary>Whether octets are one string or more, each whole after its length.</summary>
    internal static bool IsData(ReadOnlySpan<byte> octets)
    {
        var at = 0;
        while (at < octets.Length)
        {
            at += octets[at] + 1;
        }

        return at == octets.Length && at > 0;
    }

    internal override void WriteData(ref DnsWireWriter writer) => writer.WriteOctets(Data.Span);

    private static List<ReadOnlyMemory<byte>> Cut(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlyMemory<byte> octets = Encoding.UTF8.GetBytes(text);
        List<ReadOnlyMemory<byte>> strings = [];
        while (octets.Length > MaxStringLength)
        {
            strings.Add(octets[..MaxStringLength]);
            octets = octets[MaxStringLength..];
        }

        strings.Add(octets);
        return strings;
    }

    private static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        var length = 0;
        for (var i = 0; i < strings.Count; i++)
        {
            length += strings[i].Length + 1;
        }

        var data = new byte[length];
        var at = 0;
        for (var i = 0; i < strings.Count; i++)
        {
            data[at] = (byte)strings[i].Length;
            strings[i].CopyTo(data.AsMemory(at + 1));
            at += strings[i].Length + 1;
        }

        return data;
    }

    private List<ReadOnlyMemory<byte>> Split()
    {
        List<ReadOnlyMemory<byte>> strings = [];
        for (var rest = Data; rest.Length > 0; rest = rest[(rest.Span[0] + 1)..])
        {
            strings.Add(rest.Slice(1, rest.Span[0]));
        }

        return strings;
    }

    private string Read()
    {
        var octets = Data.Span;
        if (octets[0] + 1 == octets.Length)
        {
            return Encoding.UTF8.GetString(octets[1..]);
        }

        // Joined before decoding: a character may be cut in two by the end of a string.
        var joined = new byte[Length];
        var length = 0;
        for (var at = 0; at < octets.Length; at += octets[at] + 1)
        {
            octets.Slice(at + 1, octets[at]).CopyTo(joined.AsSpan(length));
            length += octets[at];
        }

        return Encoding.UTF8.GetString(joined);
    }
}
