using System.Globalization;
using System.Text;

namespace DomainVerification.Names.Internal;

/// <summary>
/// Makes foreign text safe inside a message: short, on one line, and without characters that act on the text around them.
/// </summary>
internal static class QuotedText
{
    private const int MaxCharacters = 100;

    internal static string Of(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder(MaxCharacters + 8).Append('"');
        var taken = 0;
        foreach (var rune in text[..Math.Min(text.Length, MaxCharacters + 1)].EnumerateRunes())
        {
            if ((taken += rune.Utf16SequenceLength) > MaxCharacters)
            {
                break;
            }

            if (IsHarmless(rune))
            {
                quoted.Append(rune);
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
            }
        }

        return quoted.Append(text.Length > MaxCharacters ? "\"..." : "\"").ToString();
    }

    /// <summary>
    /// Format characters turn the direction of a line or are not seen at all; a lone surrogate is replaced by U+FFFD, which is seen.
    /// </summary>
    private static bool IsHarmless(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
