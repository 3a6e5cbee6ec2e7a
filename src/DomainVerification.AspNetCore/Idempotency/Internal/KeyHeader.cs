using Microsoft.Extensions.Primitives;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>Reads the key out of its header: the String of RFC 8941, section 3.3.3, or the same characters bare.</summary>
internal static class KeyHeader
{
    /// <summary>
    /// The key without quotes; or the code of what is wrong, <see cref="IdempotencyErrorCodes.KeyInvalid"/> or
    /// <see cref="IdempotencyErrorCodes.KeyTooLong"/>.
    /// </summary>
    public static (string? Key, string? Problem) Read(StringValues header, int maximumLength)
    {
        if (header.Count != 1 || header[0] is not { } value)
        {
            return (null, IdempotencyErrorCodes.KeyInvalid);
        }

        var text = value.AsSpan().Trim(" \t");

        // Each character of a key takes one or two of the header, and the quotes one each.
        if (text.Length > (2 * maximumLength) + 2)
        {
            return (null, IdempotencyErrorCodes.KeyTooLong);
        }

        var key = text is ['"', ..] ? Quoted(text) : Bare(text);
        return key switch
        {
            null or "" => (null, IdempotencyErrorCodes.KeyInvalid),
            _ when key.Length > maximumLength => (null, IdempotencyErrorCodes.KeyTooLong),
            _ => (key, null),
        };
    }

    private static string? Quoted(ReadOnlySpan<char> text)
    {
        if (text is not ['"', .. var inner, '"'])
        {
            return null;
        }

        Span<char> key = stackalloc char[inner.Length];
        var length = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            var character = inner[i];
            if (character == '\\')
            {
                if (++i == inner.Length || inner[i] is not ('"' or '\\'))
                {
                    return null;
                }

                character = inner[i];
            }
            else if (character == '"' || !IsVisible(character))
            {
                return null;
            }

            key[length++] = character;
        }

        return new string(key[..length]);
    }

    /// <summary>A comma may be where a proxy joined two headers.</summary>
    private static string? Bare(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!IsVisible(character) || character is '"' or ',')
            {
                return null;
            }
        }

        return new string(text);
    }

    private static bool IsVisible(char character) => character is > ' ' and < '\u007f';
}
