namespace DomainVerification.Proofs.Internal;

/// <summary>Finds the token in a published value.</summary>
internal static class TokenExtractor
{
    private const string TokenKey = "token=";

    /// <summary>
    /// The text in the place of the token; <see langword="null"/> where the value has nothing of the format. A format that begins with
    /// <c>token={token}</c> accepts what draft-ietf-dnsop-domain-verification-techniques allows: further pairs in any order after the
    /// token, or the token alone (section 6.1.2).
    /// </summary>
    public static string? Extract(string value, string format)
    {
        if (IsKeyed(format))
        {
            return value.StartsWith(TokenKey, StringComparison.OrdinalIgnoreCase) ? FromPairs(value) : FromBare(value);
        }

        var at = format.IndexOf(ChallengeRecord.TokenPlaceholder, StringComparison.Ordinal);
        var before = format[..at];
        var after = format[(at + ChallengeRecord.TokenPlaceholder.Length)..];
        return value.Length > before.Length + after.Length
            && value.StartsWith(before, StringComparison.Ordinal)
            && value.EndsWith(after, StringComparison.Ordinal)
            ? value[before.Length..^after.Length]
            : null;
    }

    /// <summary>Only the whole grammar makes a format a keyed one; <c>token={token};v=1</c> is the profile's own.</summary>
    private static bool IsKeyed(string format)
    {
        var pairs = format.Split(' ');
        return pairs[0] == TokenKey + ChallengeRecord.TokenPlaceholder && pairs.Skip(1).All(IsPair);
    }

    /// <summary>Tokens are printable and without spaces, so a text with anything else is a record of another kind.</summary>
    private static string? FromBare(string value) => value.Length > 0 && value.All(c => c is > ' ' and <= '~') ? value : null;

    private static string? FromPairs(string value)
    {
        var pairs = value.Split(' ');
        var token = pairs[0][TokenKey.Length..];
        return FromBare(token) is not null && pairs.Skip(1).All(IsPair) ? token : null;
    }

    private static bool IsPair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? pair : pair[..equals];
        return key.Length > 0
            && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && equals != pair.Length - 1
            && (equals < 0 || pair[(equals + 1)..].All(c => c is > ' ' and <= '~' and not '"' and not '\\'));
    }
}
