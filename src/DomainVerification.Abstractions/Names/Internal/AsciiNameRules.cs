using System.Buffers;
using System.Net;

namespace DomainVerification.Names.Internal;

/// <summary>What a name must obey in its ASCII form: the DNS limits, the hyphen rules, and the host rules of this product.</summary>
internal static class AsciiNameRules
{
    /// <summary>Letters, digits, hyphen and dot: the only ASCII characters of a host name (RFC 1123, section 2.1).</summary>
    internal static readonly SearchValues<char> Characters =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>RFC 1035, section 2.3.4.</summary>
    internal const int MaxLabelLength = 63;

    /// <summary>255 octets on the wire (RFC 1035, section 2.3.4), less the first length octet and the root.</summary>
    private const int MaxNameLength = 253;

    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Checks letters, digits, hyphens and dots, without the trailing dot; <paramref name="pasted"/> is for the message.</summary>
    internal static DomainVerificationError? Check(ReadOnlySpan<char> ascii, ReadOnlySpan<char> pasted)
    {
        ReadOnlySpan<char> last;
        var labels = 0;
        int dot;
        for (var rest = ascii; ; rest = rest[(dot + 1)..])
        {
            dot = rest.IndexOf('.');
            last = dot < 0 ? rest : rest[..dot];
            labels++;
            if (last.IsEmpty)
            {
                return Refusal.EmptyLabel(pasted, ascii);
            }

            if (last.Length > MaxLabelLength)
            {
                return Refusal.LabelTooLong(pasted);
            }

            if (!last.StartsWith(Punycode.Prefix, StringComparison.OrdinalIgnoreCase) && LabelRules.HasBadHyphen(last, '-'))
            {
                return Refusal.BadHyphen(pasted, last);
            }

            if (dot < 0)
            {
                break;
            }
        }

        if (ascii.Length > MaxNameLength)
        {
            return Refusal.TooLong(pasted);
        }

        if (IsNumber(last))
        {
            return IPAddress.TryParse(ascii, out _) ? Refusal.IpAddress(pasted) : Refusal.EndsInNumber(pasted, last);
        }

        return labels == 1 ? Refusal.SingleLabel(pasted) : null;
    }

    /// <summary>
    /// The number test of the WHATWG URL standard: browsers read a host that ends so as an IPv4 address, also in hexadecimal.
    /// </summary>
    private static bool IsNumber(ReadOnlySpan<char> label) =>
        !label.ContainsAnyExceptInRange('0', '9')
        || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && !label[2..].ContainsAnyExcept(s_hexDigits));
}
