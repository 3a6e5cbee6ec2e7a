using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace DomainVerification.Dns;

/// <summary>The text form of a name (RFC 1035, section 5.1), both ways.</summary>
internal static class DnsNamePresentation
{
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        if (!text.ContainsAnyExceptInRange('!', '~') && !text.Contains('\\'))
        {
            return TryParsePlain(text, wire, out name);
        }

        var labelStart = 0;
        var position = 1;
        var labels = 0;
        while (!text.IsEmpty)
        {
            var endsLabel = text[0] == '.';
            if (endsLabel)
            {
                text = text[1..];
            }
            else if (position == wire.Length || !TryTakeOctet(ref text, out wire[position++]))
            {
                return false;
            }

            if (!endsLabel && !text.IsEmpty)
            {
                continue;
            }

            var length = position - labelStart - 1;
            if (length is 0 or > DnsName.MaxLabelLength || position == wire.Length)
            {
                return false;
            }

            wire[labelStart] = (byte)length;
            labelStart = position++;
            labels++;

            // A dot at the end closes the last label; nothing has to follow it.
        }

        wire[labelStart] = 0;
        name = new DnsName(wire[..(labelStart + 1)].ToArray(), labels);
        return true;
    }

    /// <summary>Reads a text in which every octet stands for itself, as in nearly all.</summary>
    private static bool TryParsePlain(ReadOnlySpan<char> text, Span<byte> wire, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        text = text.EndsWith('.') ? text[..^1] : text;
        if (text.Length > DnsName.MaxWireLength - 2 || Ascii.FromUtf16(text, wire[1..], out _) != OperationStatus.Done)
        {
            return false;
        }

        // The octets lie in place, and each dot, as well as the place before the first label, gets the length of the label behind it.
        var labels = 0;
        for (var at = 0; at <= text.Length; labels++)
        {
            var rest = wire[(at + 1)..(text.Length + 1)];
            var dot = rest.IndexOf((byte)'.');
            var length = dot < 0 ? rest.Length : dot;
            if (length is 0 or > DnsName.MaxLabelLength)
            {
                return false;
            }

            wire[at] = (byte)length;
            at += length + 1;
        }

        wire[text.Length + 1] = 0;
        name = new DnsName(wire[..(text.Length + 2)].ToArray(), labels);
        return true;
    }

    public static string Format(ReadOnlySpan<byte> wire)
    {
        if (wire[0] == 0)
        {
            return ".";
        }

        if (IsPlain(wire))
        {
            // Between the first length and the zero at the end the text lies ready, but for the dots.
            return string.Create(wire.Length - 2, wire, static (text, wire) =>
            {
                Encoding.ASCII.GetChars(wire[1..^1], text);
                for (var offset = wire[0] + 1; wire[offset] != 0; offset += wire[offset] + 1)
                {
                    text[offset - 1] = '.';
                }
            });
        }

        StringBuilder text = new(wire.Length);
        for (var offset = 0; wire[offset] != 0; offset += wire[offset] + 1)
        {
            if (offset > 0)
            {
                text.Append('.');
            }

            foreach (var octet in wire.Slice(offset + 1, wire[offset]))
            {
                AppendOctet(text, octet);
            }
        }

        return text.ToString();
    }

    private static bool IsPlain(ReadOnlySpan<byte> wire)
    {
        for (var offset = 0; wire[offset] != 0; offset += wire[offset] + 1)
        {
            foreach (var octet in wire.Slice(offset + 1, wire[offset]))
            {
                if (octet is (byte)'.' or (byte)'\\' or <= (byte)' ' or >= 0x7F)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void AppendOctet(StringBuilder text, byte octet)
    {
        if (octet is (byte)'.' or (byte)'\\')
        {
            text.Append('\\').Append((char)octet);
        }
        else if (octet is > (byte)' ' and < 0x7F)
        {
            text.Append((char)octet);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
        }
    }

    private static bool TryTakeOctet(ref ReadOnlySpan<char> text, out byte octet)
    {
        octet = 0;
        var first = text[0];
        text = text[1..];
        if (first is <= ' ' or >= (char)0x7F)
        {
            return false;
        }

        if (first != '\\')
        {
            octet = (byte)first;
            return true;
        }

        return TryTakeEscaped(ref text, out octet);
    }

    private static bool TryTakeEscaped(ref ReadOnlySpan<char> text, out byte octet)
    {
        octet = 0;
        if (text.IsEmpty || text[0] is <= ' ' or >= (char)0x7F)
        {
            return false;
        }

        var length = char.IsAsciiDigit(text[0]) ? 3 : 1;
        if (length > text.Length)
        {
            return false;
        }

        var escaped = text[..length];
        text = text[length..];
        if (length == 3)
        {
            return byte.TryParse(escaped, NumberStyles.None, CultureInfo.InvariantCulture, out octet);
        }

        octet = (byte)escaped[0];
        return true;
    }
}
