using System.Buffers;
using System.Net;
using System.Text;

namespace DomainVerification.Names.Internal;

/// <summary>Recognises what people paste instead of a name, by its ASCII punctuation, and finds the name in it.</summary>
internal static class PastedShape
{
    private static readonly SearchValues<char> s_pathStarts = SearchValues.Create("/\\?#");

    /// <summary>Whether nothing but letters, digits, hyphens, dots and characters beyond ASCII are in the text.</summary>
    internal static bool IsPlain(ReadOnlySpan<char> text) => IndexOfForeign(text) < 0;

    /// <summary>The refusal that fits the text best; null for plain text.</summary>
    internal static DomainVerificationError? Diagnose(ReadOnlySpan<char> pasted)
    {
        var foreign = IndexOfForeign(pasted);
        if (foreign < 0)
        {
            return null;
        }

        var text = pasted.Trim();
        if (IsIpv6(text))
        {
            return Refusal.IpAddress(pasted);
        }

        var authority = text.IndexOf("//");
        if (authority == 0 || (authority > 0 && text[authority - 1] == ':'))
        {
            return Refusal.Url(pasted, HostOf(text[(authority + 2)..]));
        }

        var path = text.IndexOfAny(s_pathStarts);
        if (path >= 0)
        {
            return Refusal.Path(pasted, HostOf(text));
        }

        if (text.Contains('@'))
        {
            return Refusal.Email(pasted, HostOf(text));
        }

        if (HasPort(text))
        {
            return Refusal.Port(pasted, HostOf(text));
        }

        if (text.StartsWith("*."))
        {
            return Refusal.Wildcard(pasted, text[2..]);
        }

        if (HasWhiteSpace(pasted))
        {
            return Refusal.Space(pasted, text);
        }

        return TryDropServiceLabels(text, out var parent)
            ? Refusal.ServiceName(pasted, parent)
            : Refusal.InvalidCharacter(pasted, new Rune(pasted[foreign]));
    }

    private static bool IsIpv6(ReadOnlySpan<char> text)
    {
        var bracketed = text.StartsWith('[') && text.Contains(']');
        return text.Contains(':') && IPAddress.TryParse(bracketed ? text[1..text.IndexOf(']')] : text, out _);
    }

    private static bool HasPort(ReadOnlySpan<char> text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && !text[(colon + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    private static ReadOnlySpan<char> HostOf(ReadOnlySpan<char> text)
    {
        var path = text.IndexOfAny(s_pathStarts);
        var authority = path < 0 ? text : text[..path];
        var host = authority[(authority.LastIndexOf('@') + 1)..].TrimEnd('>');
        var port = host.LastIndexOf(':');
        return (port < 0 ? host : host[..port]).Trim();
    }

    /// <summary>Finds <c>acme.com</c> in the name of a DNS record such as <c>selector._domainkey.acme.com</c>.</summary>
    private static bool TryDropServiceLabels(ReadOnlySpan<char> text, out ReadOnlySpan<char> parent)
    {
        var service = text.LastIndexOf("._") + 1;
        var dot = text[service..].IndexOf('.');
        parent = dot < 0 ? default : text[(service + dot + 1)..];
        return text[service] == '_';
    }

    private static bool HasWhiteSpace(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                return true;
            }
        }

        return false;
    }

    private static int IndexOfForeign(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAscii(text[i]) ? !AsciiNameRules.Characters.Contains(text[i]) : char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
