using System.Diagnostics.CodeAnalysis;
using System.Text;
using DomainVerification.Dns;
using Library = global::DnsClient;

namespace DomainVerification.DnsClient;

/// <summary>The library writes names in three ways, none of which is the presentation format.</summary>
internal static class DnsClientNames
{
    /// <summary>Owners and questions: raw octets joined by dots. Where an octet needs an escape the name cannot be told for sure.</summary>
    public static bool TryReadPlain(Library.DnsString text, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        return !text.Original.Contains('\\', StringComparison.Ordinal) && DnsName.TryParse(OrRoot(text.Original), out name);
    }

    /// <summary>Names inside records: escaped, all but dots and spaces in labels.</summary>
    public static bool TryReadEscaped(Library.DnsString text, [NotNullWhen(true)] out DnsName? name) =>
        DnsName.TryParse(OrRoot(text.Value), out name);

    /// <summary>The wire form of a name that fills the whole data of a record, as a DNAME record's does (RFC 6672, section 2.1).</summary>
    public static bool TryReadWire(IReadOnlyList<byte> octets, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        StringBuilder text = new();
        int offset = 0;
        while (offset < octets.Count && octets[offset] is > 0 and <= DnsName.MaxLabelLength and var length && offset + length < octets.Count)
        {
            for (int i = 1; i <= length; i++)
            {
                text.Append('\\').Append(octets[offset + i].ToString("D3", null));
            }

            text.Append('.');
            offset += length + 1;
        }

        bool isWhole = offset == octets.Count - 1 && octets[offset] == 0;
        return isWhole && DnsName.TryParse(OrRoot(text.ToString()), out name);
    }

    private static string OrRoot(string text) => text.Length == 0 ? "." : text;
}
