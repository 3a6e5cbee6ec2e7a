using System.Security.Cryptography;

namespace DomainVerification.Tokens.Internal;

/// <summary>Writes secrets as UUIDs (RFC 9562): 122 bits of the secret, and version and variant in their places.</summary>
internal static class TokenUuid
{
    /// <summary>The length of the text, in characters.</summary>
    public const int Length = 36;

    private const int Size = 16;
    private const int RandomVersion = 4;
    private const int OwnVersion = 8;

    /// <summary>A UUID of version 4, from the system's random number generator (RFC 9562, section 5.4).</summary>
    public static string Random()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        return Write(bytes, RandomVersion);
    }

    /// <summary>A UUID of version 8, the one for makings of one's own (RFC 9562, section 5.8), from the first 16 bytes of a hash.</summary>
    public static string Derived(ReadOnlySpan<byte> secret)
    {
        Span<byte> bytes = stackalloc byte[Size];
        secret[..Size].CopyTo(bytes);
        return Write(bytes, OwnVersion);
    }

    private static string Write(Span<byte> bytes, int version)
    {
        bytes[6] = (byte)((bytes[6] & 0x0F) | (version << 4));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
