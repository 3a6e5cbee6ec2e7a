using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DomainVerification.Email.Plans.Internal;

namespace DomainVerification.Email.Plans.Spf.Internal;

/// <summary>Reads SPF records by the grammar of RFC 7208, section 12. What breaks it is a diagnosis, never an exception.</summary>
internal static class SpfParser
{
    /// <summary>The longest record that is read: far beyond what fits any answer that receivers take.</summary>
    public const int MaximumLength = 8 * 1024;

    /// <summary>Reads a record.</summary>
    /// <param name="text">The text of the TXT record, its strings joined.</param>
    /// <param name="record">The record; null where the text is none.</param>
    /// <param name="error">What is wrong, as the end of an English sentence that begins with "The SPF record".</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out SpfRecord? record, [NotNullWhen(false)] out string? error)
    {
        record = null;
        if (!SpfRecord.IsSpf(text))
        {
            error = "does not begin with \"v=spf1\" and a space";
            return false;
        }

        if (text.Length > MaximumLength)
        {
            error = "is longer than any receiver reads";
            return false;
        }

        List<SpfTerm> terms = [];
        foreach (var word in text[SpfRecord.Version.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParseTerm(word, out var term, out error))
            {
                return false;
            }

            terms.Add(term);
        }

        record = new SpfRecord(terms);
        error = Repeated(terms);
        return error is null;
    }

    private static bool TryParseTerm(string word, [NotNullWhen(true)] out SpfTerm? term, [NotNullWhen(false)] out string? error)
    {
        error = word.All(c => c is >= '!' and <= '~')
            ? null
            : $"holds the characters {SafeText.Quote(word)}; only printable ASCII may stand there";
        term = null;
        if (error is not null)
        {
            return false;
        }

        term = Modifier(word) ?? Mechanism(word);
        error = term is null ? $"holds {SafeText.Quote(word)}, which is no valid term" : null;
        return term is not null;
    }

    /// <summary>A modifier: a name, an equals sign, and anything whose macros are well formed.</summary>
    private static SpfTerm? Modifier(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || !char.IsAsciiLetter(word[0]) || !word.AsSpan(..equals).ToString().All(IsNameCharacter))
        {
            return null;
        }

        var value = word[(equals + 1)..];
        return word[..equals].ToUpperInvariant() switch
        {
            "REDIRECT" => SpfDomainSpec.IsDomainSpec(value) ? new SpfTerm(SpfTermKind.Redirect, '\0', word, value) : null,
            "EXP" => SpfDomainSpec.IsDomainSpec(value) ? new SpfTerm(SpfTermKind.Explanation, '\0', word, value) : null,
            _ => SpfDomainSpec.IsMacroString(value) ? new SpfTerm(SpfTermKind.OtherModifier, '\0', word) : null,
        };
    }

    private static SpfTerm? Mechanism(string word)
    {
        var qualifier = word[0] is '+' or '-' or '~' or '?' ? word[0] : '+';
        var text = word[0] == qualifier ? word[1..] : word;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var end = colon >= 0 && (slash < 0 || colon < slash) ? colon : slash >= 0 ? slash : text.Length;
        var argument = colon == end ? text[(colon + 1)..] : null;
        return text[..end].ToUpperInvariant() switch
        {
            "ALL" => end == text.Length ? new SpfTerm(SpfTermKind.All, qualifier, text) : null,
            "INCLUDE" => WithDomain(SpfTermKind.Include, qualifier, text, argument),
            "EXISTS" => WithDomain(SpfTermKind.Exists, qualifier, text, argument),
            "PTR" when end == text.Length => new SpfTerm(SpfTermKind.Ptr, qualifier, text),
            "PTR" => WithDomain(SpfTermKind.Ptr, qualifier, text, argument),
            "A" => WithLengths(SpfTermKind.A, qualifier, text, argument, text[end..]),
            "MX" => WithLengths(SpfTermKind.Mx, qualifier, text, argument, text[end..]),
            "IP4" => WithNetwork(SpfTermKind.Ip4, AddressFamily.InterNetwork, qualifier, text, argument),
            "IP6" => WithNetwork(SpfTermKind.Ip6, AddressFamily.InterNetworkV6, qualifier, text, argument),
            _ => null,
        };
    }

    private static SpfTerm? WithDomain(SpfTermKind kind, char qualifier, string text, string? domain) =>
        domain is not null && SpfDomainSpec.IsDomainSpec(domain) ? new SpfTerm(kind, qualifier, text, domain) : null;

    /// <summary>The terms a and mx: an optional domain, then optional lengths of prefixes, as in <c>/24//64</c>.</summary>
    private static SpfTerm? WithLengths(SpfTermKind kind, char qualifier, string text, string? argument, string rest)
    {
        var (domain, ip4, ip6) = CutLengths(argument ?? rest);
        var isWellFormed = argument is null ? domain.Length == 0 : SpfDomainSpec.IsDomainSpec(domain);
        return isWellFormed && ip4 <= 32 && ip6 <= 128
            ? new SpfTerm(kind, qualifier, text, argument is null ? null : domain, null, ip4, ip6)
            : null;
    }

    private static (string Domain, int Ip4, int Ip6) CutLengths(string text)
    {
        var (ip4, ip6) = (32, 128);
        var slash = text.LastIndexOf('/');
        if (slash > 0 && text[slash - 1] == '/' && Length(text.AsSpan(slash + 1)) is { } six)
        {
            (text, ip6) = (text[..(slash - 1)], six);
            slash = text.LastIndexOf('/');
        }

        return slash >= 0 && Length(text.AsSpan(slash + 1)) is { } four ? (text[..slash], four, ip6) : (text, ip4, ip6);
    }

    private static SpfTerm? WithNetwork(SpfTermKind kind, AddressFamily family, char qualifier, string text, string? argument)
    {
        if (argument is null)
        {
            return null;
        }

        var slash = argument.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? argument : argument[..slash];
        var most = kind == SpfTermKind.Ip4 ? 32 : 128;
        var length = slash < 0 ? most : Length(argument.AsSpan(slash + 1));
        if (length is null || length > most || !IsAddress(address, family, out var parsed))
        {
            return null;
        }

        return new SpfTerm(kind, qualifier, text, null, new IPNetwork(Masked(parsed, length.Value), length.Value));
    }

    /// <summary>An address as SPF writes it: IPv4 as four decimal numbers without leading zeros, IPv6 without zone and brackets.</summary>
    private static bool IsAddress(string text, AddressFamily family, [NotNullWhen(true)] out IPAddress? address)
    {
        var isPlain = family == AddressFamily.InterNetwork
            ? text.Split('.') is { Length: 4 } parts && parts.All(part => Length(part) is <= 255)
            : text.All(c => char.IsAsciiHexDigit(c) || c is ':' or '.');
        address = null;
        return isPlain && IPAddress.TryParse(text, out address) && address.AddressFamily == family;
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        var octets = address.GetAddressBytes();
        for (var i = 0; i < octets.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            octets[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(octets);
    }

    /// <summary>A decimal number of up to three digits without a leading zero.</summary>
    private static int? Length(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 3
        && (text.Length == 1 || text[0] != '0')
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    /// <summary>Redirect and exp may stand once only (section 6).</summary>
    private static string? Repeated(List<SpfTerm> terms)
    {
        if (terms.Count(term => term.Kind == SpfTermKind.Redirect) > 1)
        {
            return "holds \"redirect=\" more than once";
        }

        return terms.Count(term => term.Kind == SpfTermKind.Explanation) > 1 ? "holds \"exp=\" more than once" : null;
    }
}
