using System.Globalization;
using System.Text;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Makes what outsiders wrote safe to show: short, on one line, and printable ASCII only.</summary>
internal static class SafeText
{
    private const int QuotedLength = 80;

    /// <summary>The text in ASCII, all else as <c>\DDD</c> of its UTF-8 octets, cut with three dots behind.</summary>
    public static string Show(string text, int length = ExistingRecord.MaximumLength) =>
        Show(Encoding.UTF8.GetBytes(text.Length > length ? text[..length] : text), length, text.Length > length);

    /// <summary>The same within quotation marks, for sentences.</summary>
    public static string Quote(string text) => $"\"{Show(text, QuotedLength).Replace('"', '\'')}\"";

    /// <summary>
    /// The text as people can read and copy it: what does not show, or would break the line, as <c>\DDD</c> of its UTF-8 octets.
    /// </summary>
    public static string ForPeople(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~'))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune))
            {
                shown.Append(rune);
                continue;
            }

            foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
            }
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);

    private static string Show(byte[] octets, int length, bool isCut)
    {
        var shown = new StringBuilder(Math.Min(octets.Length, length) + 3);
        foreach (var octet in octets)
        {
            var isPlain = octet is >= 0x20 and <= 0x7E;
            if (shown.Length + (isPlain ? 1 : 4) > length)
            {
                isCut = true;
                break;
            }

            _ = isPlain ? shown.Append((char)octet) : shown.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
        }

        return isCut ? shown.Append("...").ToString() : shown.ToString();
    }
}
