using System.Globalization;
using System.Text;
using Protocol = global::DnsClient.Protocol;

namespace DomainVerification.DnsClient;

/// <summary>The strings of TXT records.</summary>
internal static class DnsClientText
{
    /// <summary>
    /// The octets of each string. The library decodes them as UTF-8, which keeps every string that is UTF-8; the others are taken from its
    /// escaped form, in which an octet beyond ASCII and the four characters of its escape look the same. No token is like that.
    /// </summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> ReadStrings(Protocol.TxtRecord record) =>
        [.. record.Text.Zip(record.EscapedText, (text, escaped) => ReadString(text, escaped))];

    private static ReadOnlyMemory<byte> ReadString(string text, string escaped) =>
        text.Contains('\uFFFD', StringComparison.Ordinal) ? Unescape(escaped) : Encoding.UTF8.GetBytes(text);

    private static byte[] Unescape(string escaped)
    {
        List<byte> octets = new(escaped.Length);
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '\\' && TryReadOctet(escaped.AsSpan(i + 1), out byte octet))
            {
                octets.Add(octet);
                i += 3;
            }
            else if (escaped[i] != '\\' || i + 1 == escaped.Length || escaped[i + 1] != '"')
            {
                octets.Add((byte)escaped[i]);
            }
        }

        return [.. octets];
    }

    private static bool TryReadOctet(ReadOnlySpan<char> digits, out byte octet)
    {
        octet = 0;
        return digits.Length >= 3
            && byte.TryParse(digits[..3], NumberStyles.None, CultureInfo.InvariantCulture, out octet)
            && octet is < 32 or > 126;
    }
}
