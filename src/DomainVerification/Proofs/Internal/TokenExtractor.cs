namespace DomainVerification.Proofs.Internal;

/// <summary>Finds the token in a published value.</summary>
internal static class TokenExtractor
{
    private const string TokenKey = "token=";
    private const string KeyedFormat = TokenKey + ChallengeRecord.TokenPlaceholder;

    /// <summary>
    /// The text in the place of the token; <see langword="null"/> where the value has nothing of the format. A format that begins with
    /// <c>token={token}</c> accepts what draft-ietf-dnsop-domain-verification-techniques allows: further pairs in any order after the
    /// token, or the token alone (section 6.1.2).
    /// </summary>
    public static string? Extract(string value, string format) =>
        !TryExtract(value, format, out var token) ? null : token.Length == value.Length ? value : token.ToString();

    /// <inheritdoc cref="Extract"/>
    /// <param name="value">The published value.</param>
    /// <param name="format">The format.</param>
    /// <param name="token">What stands in the place of the token.</param>
    /// <returns>False where the value has nothing of the format.</returns>
    public static bool TryExtract(ReadOnlySpan<char> value, string format, out ReadOnlySpan<char> token)
    {
        if (IsKeyed(format))
        {
            return value.StartsWith(TokenKey, StringComparison.OrdinalIgnoreCase)
                ? TryTakeFromPairs(value[TokenKey.Length..], out token)
                : IsBare(token = value);
        }

        var at = format.IndexOf(ChallengeRecord.TokenPlaceholder, StringComparison.Ordinal);
        var before = format.AsSpan(0, at);
        var after = format.AsSpan(at + ChallengeRecord.TokenPlaceholder.Length);
        var fits = value.Length > before.Length + after.Length
            && value.StartsWith(before, StringComparison.Ordinal)
            && value.EndsWith(after, StringComparison.Ordinal);
        token = fits ? value[before.Length..^after.Length] : [];
        return fits;
    }

    /// <summary>Only the whole grammar makes a format a keyed one; <c>token={token};v=1</c> is the profile's own.</summary>
    private static bool IsKeyed(ReadOnlySpan<char> format) =>
        format.StartsWith(KeyedFormat, StringComparison.Ordinal) && ArePairs(format[KeyedFormat.Length..]);

    /// <summary>Tokens are printable and without spaces, so a text with anything else is a record of another kind.</summary>
    private static bool IsBare(ReadOnlySpan<char> value) => !value.IsEmpty && !value.ContainsAnyExceptInRange('!', '~');

    private static bool TryTakeFromPairs(ReadOnlySpan<char> value, out ReadOnlySpan<char> token)
    {
        var end = value.IndexOf(' ');
        token = end < 0 ? value : value[..end];
        return IsBare(token) && ArePairs(value[token.Length..]);
    }

    /// <summary>Whether a text is nothing, or pairs with one space before each.</summary>
    private static bool ArePairs(ReadOnlySpan<char> rest)
    {
        while (!rest.IsEmpty)
        {
            if (rest[0] != ' ')
            {
                return false;
            }

            rest = rest[1..];
            var end = rest.IndexOf(' ');
            if (!IsPair(end < 0 ? rest : rest[..end]))
            {
                return false;
            }

            rest = end < 0 ? [] : rest[end..];
        }

        return true;
    }

    private static bool IsPair(ReadOnlySpan<char> pair)
    {
        var equals = pair.IndexOf('=');
        return IsKey(equals < 0 ? pair : pair[..equals])
            && equals != pair.Length - 1
            && (equals < 0 || IsText(pair[(equals + 1)..]));
    }

    private static bool IsKey(ReadOnlySpan<char> key)
    {
        foreach (var character in key)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return !key.IsEmpty;
    }

    private static bool IsText(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('!', '~') && !text.ContainsAny('"', '\\');
}
