using System.Globalization;

namespace DomainVerification.Names.Internal;

/// <summary>UTS #46 ToASCII.</summary>
internal static class Uts46
{
    private static readonly IdnMapping s_mapping = new() { UseStd3AsciiRules = true };

    internal static DomainVerificationError? ToAscii(ReadOnlySpan<char> text, out string? ascii)
    {
        ascii = null;
        try
        {
            ascii = s_mapping.GetAscii(text.ToString());
            _ = s_mapping.GetUnicode(ascii);
            return null;
        }
        catch (ArgumentException)
        {
            return Refusal.InvalidCharacter(text, text[..1]);
        }
    }
}
