namespace DomainVerification.Names.Internal;

/// <summary>Takes text to a canonical name or to the reason why not. Plain ASCII names never reach the Unicode data.</summary>
internal static class DomainNameParser
{
    /// <summary>Far above any real name in any spelling; keeps a hostile text from costing more than a look at its length.</summary>
    internal const int MaxInputLength = 1024;

    /// <summary>
    /// Reads <paramref name="text"/>; <paramref name="whole"/> is the same text as a string, where there is one to reuse.
    /// </summary>
    internal static DomainVerificationError? Read(ReadOnlySpan<char> text, string? whole, out DomainName? name)
    {
        name = null;
        if (text.Length > MaxInputLength)
        {
            return Refusal.TooLong(text);
        }

        if (text.IsWhiteSpace())
        {
            return Refusal.Empty();
        }

        var isAscii = !text.ContainsAnyExcept(AsciiNameRules.Characters);
        if (isAscii && !text.Contains(Punycode.Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return Accept(text, whole, pasted: text, out name);
        }

        if (!isAscii && PastedShape.Diagnose(text) is { } shape)
        {
            return shape;
        }

        return Uts46.ToAscii(text, out var ascii) ?? Accept(ascii, ascii, pasted: text, out name);
    }

    private static DomainVerificationError? Accept(
        ReadOnlySpan<char> ascii, string? whole, ReadOnlySpan<char> pasted, out DomainName? name)
    {
        name = null;
        var bare = ascii.EndsWith('.') ? ascii[..^1] : ascii;
        if (AsciiNameRules.Check(bare, pasted) is { } error)
        {
            return error;
        }

        if (whole is null || bare.Length != whole.Length)
        {
            whole = bare.ToString();
        }
        // Gives the same instance back where nothing changes, so a canonical name costs no second string.
        name = new DomainName(whole.ToLowerInvariant());
        return null;
    }
}
