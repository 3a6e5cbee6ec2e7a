using System.Buffers;

namespace DomainVerification.Email.Plans.Spf.Internal;

/// <summary>The grammar of domains and macros in SPF records (RFC 7208, sections 7.1 and 12).</summary>
internal static class SpfDomainSpec
{
    private const string MacroLetters = "slodiphcrtv";

    private static readonly SearchValues<char> Delimiters = SearchValues.Create(".-+,/_=");

    /// <summary>Whether a text is a domain-spec: macros and names of at least two labels, or one that a macro ends.</summary>
    public static bool IsDomainSpec(string text) => IsMacroString(text) && HasDomainEnd(text);

    /// <summary>Whether all macros of a text are well formed.</summary>
    public static bool IsMacroString(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < '!' or > '~')
            {
                return false;
            }

            if (text[i] != '%')
            {
                continue;
            }

            var length = MacroLength(text[i..]);
            if (length == 0)
            {
                return false;
            }

            i += length - 1;
        }

        return true;
    }

    /// <summary>How long the macro at the start is; 0 where it is none.</summary>
    private static int MacroLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] is '%' or '_' or '-')
        {
            return 2;
        }

        var end = text.IndexOf('}');
        if (text[1] != '{' || end < 3 || !MacroLetters.Contains(char.ToLowerInvariant(text[2])))
        {
            return 0;
        }

        var rest = text[3..end].TrimStart("0123456789");
        if (rest.Length > 0 && rest[0] is 'r' or 'R')
        {
            rest = rest[1..];
        }

        return rest.IndexOfAnyExcept(Delimiters) < 0 ? end + 1 : 0;
    }

    private static bool HasDomainEnd(string text)
    {
        if (EndsInMacro(text))
        {
            return true;
        }

        var name = text.EndsWith('.') ? text.AsSpan(..^1) : text;
        var dot = name.LastIndexOf('.');
        return dot >= 0 && IsTopLabel(name[(dot + 1)..]);
    }

    private static bool EndsInMacro(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                i += MacroLength(text.AsSpan(i)) - 1;
                if (i == text.Length - 1)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>A last label has letters, digits and inner hyphens, and is no number.</summary>
    private static bool IsTopLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        var isNumber = true;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }

            isNumber &= char.IsAsciiDigit(c);
        }

        return !isNumber;
    }
}
