using System.Globalization;
using System.Text;
using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Names and texts as zone files write them (RFC 1035, section 5.1), whatever octets they hold.</summary>
internal static class ZoneFileText
{
    /// <summary>A whole name with its final dot.</summary>
    public static string Absolute(DnsName name) => name.LabelCount == 0 ? "." : Labels(name, name.LabelCount) + ".";

    /// <summary>A name relative to its zone; <c>@</c> at the apex.</summary>
    public static string Relative(DnsName name, DnsName zone)
    {
        if (!name.IsSubdomainOf(zone))
        {
            return Absolute(name);
        }

        var labels = name.LabelCount - zone.LabelCount;
        return labels == 0 ? "@" : Labels(name, labels);
    }

    /// <summary>The octets of a TXT record as quoted strings of at most 255 octets each.</summary>
    public static string Strings(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder(octets.Length + 8);
        do
        {
            var part = octets[..Math.Min(octets.Length, DnsTxtRecord.MaxStringLength)];
            octets = octets[part.Length..];
            text.Append(text.Length > 0 ? " \"" : "\"");
            foreach (var octet in part)
            {
                AppendQuoted(text, octet);
            }

            text.Append('"');
        }
        while (!octets.IsEmpty);

        return text.ToString();
    }

    /// <summary>Whatever a comment says, on one line and in ASCII.</summary>
    public static string Comment(string text) => $"; {SafeText.Show(text, int.MaxValue)}";

    private static void AppendQuoted(StringBuilder text, byte octet)
    {
        if (octet is (byte)'"' or (byte)'\\')
        {
            text.Append('\\').Append((char)octet);
        }
        else
        {
            AppendOctet(text, octet, octet is >= 0x20 and <= 0x7E);
        }
    }

    private static string Labels(DnsName name, int count)
    {
        var text = new StringBuilder();
        var wire = name.WireForm;
        for (var (label, offset) = (0, 0); label < count; label++, offset += wire[offset] + 1)
        {
            text.Append(label > 0 ? "." : string.Empty);
            foreach (var octet in wire.Slice(offset + 1, wire[offset]))
            {
                // Many other characters mean something in a zone file; escaped, none does.
                AppendOctet(text, octet, char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'*');
            }
        }

        return text.ToString();
    }

    private static void AppendOctet(StringBuilder text, byte octet, bool isPlain) =>
        _ = isPlain ? text.Append((char)octet) : text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
}
