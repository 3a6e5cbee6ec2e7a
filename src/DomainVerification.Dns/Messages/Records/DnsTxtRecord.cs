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

        Strings = strings;
    }

    /// <summary>Makes the record from text, encoded as UTF-8 and cut into strings of <see cref="MaxStringLength"/> octets.</summary>
    /// <param name="name">The owner.</param>
    /// <param name="timeToLive">How long it may be cached.</param>
    /// <param name="text">The text; may be empty.</param>
    public DnsTxtRecord(DnsName name, TimeSpan timeToLive, string text)
        : this(name, timeToLive, Cut(text))
    {
    }

    /// <summary>The strings, in their order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Strings { get; }

    /// <summary>
    /// The strings of this record joined without anything between them and decoded as UTF-8; what is not UTF-8 becomes U+FFFD, so that
    /// ASCII text is equal here exactly when it is equal octet by octet.
    /// </summary>
    public string Text => _text ??= Join();

    /// <summary>The octets of all strings together.</summary>
    internal int Length
    {
        get
        {
            var length = 0;
            for (var i = 0; i < Strings.Count; i++)
            {
                length += Strings[i].Length;
            }

            return length;
        }
    }

    internal override void WriteData(ref DnsWireWriter writer)
    {
        foreach (var part in Strings)
        {
            writer.WriteByte((byte)part.Length);
            writer.WriteOctets(part.Span);
        }
    }

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

    private string Join()
    {
        if (Strings.Count == 1)
        {
            return Encoding.UTF8.GetString(Strings[0].Span);
        }

        // Joined before decoding: a character may be cut in two by the end of a string.
        var joined = new byte[Length];
        var offset = 0;
        foreach (var part in Strings)
        {
            part.CopyTo(joined.AsMemory(offset));
            offset += part.Length;
        }

        return Encoding.UTF8.GetString(joined);
    }
}
