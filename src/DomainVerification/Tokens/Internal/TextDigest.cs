using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace DomainVerification.Tokens.Internal;

/// <summary>The SHA-256 of a text's UTF-8, without arrays in between.</summary>
internal static class TextDigest
{
    private const int MaxOnStack = 512;

    /// <param name="text">The text, of any length.</param>
    /// <param name="digest">Gets the 32 octets.</param>
    public static void Write(ReadOnlySpan<char> text, Span<byte> digest)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (length <= MaxOnStack)
        {
            Span<byte> octets = stackalloc byte[MaxOnStack];
            SHA256.HashData(octets[..Encoding.UTF8.GetBytes(text, octets)], digest);
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        SHA256.HashData(rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)), digest);

        // It may hold a token.
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    public static string Hexadecimal(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Write(text, digest);
        return Convert.ToHexStringLower(digest);
    }
}
