using System.Numerics;
using System.Security.Cryptography;

namespace DomainVerification.Tokens.Internal;

/// <summary>Writes secrets in the alphabet of a <see cref="TokenEncoding"/>, every character equally likely.</summary>
internal static class TokenAlphabet
{
    public static string Of(TokenEncoding encoding) => encoding switch
    {
        TokenEncoding.Base64Url => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
        TokenEncoding.Hex or TokenEncoding.Uuid => "0123456789abcdef",
        TokenEncoding.Decimal => "0123456789",
        _ => "abcdefghijklmnopqrstuvwxyz234567",
    };

    /// <summary>How many characters carry at least so many bits.</summary>
    public static int Length(TokenEncoding encoding, int bits) =>
        encoding == TokenEncoding.Uuid ? TokenUuid.Length : (int)Math.Ceiling(bits / Math.Log2(Of(encoding).Length));

    public static string Random(TokenEncoding encoding, int bits) => encoding == TokenEncoding.Uuid
        ? TokenUuid.Random()
        : RandomNumberGenerator.GetString(Of(encoding), Length(encoding, bits));

    /// <summary>
    /// Writes a number in the alphabet. With 512 bits for a text of at most 256 no character is likelier than another by more than 2^-250.
    /// </summary>
    public static string Write(ReadOnlySpan<byte> secret, TokenEncoding encoding, int bits)
    {
        if (encoding == TokenEncoding.Uuid)
        {
            return TokenUuid.Derived(secret);
        }

        var alphabet = Of(encoding);
        var rest = new BigInteger(secret, isUnsigned: true, isBigEndian: true);
        Span<char> text = stackalloc char[Length(encoding, bits)];
        for (var i = text.Length - 1; i >= 0; i--)
        {
            rest = BigInteger.DivRem(rest, alphabet.Length, out var digit);
            text[i] = alphabet[(int)digit];
        }

        return new string(text);
    }
}
