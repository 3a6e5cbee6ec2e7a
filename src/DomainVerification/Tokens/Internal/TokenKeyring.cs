using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DomainVerification.Tokens.Internal;

/// <summary>The keyed hash behind derived tokens and tenant labels.</summary>
internal static class TokenKeyring
{
    /// <summary>Throws at halves of surrogate pairs: replaced by one and the same character, they would make two owners one.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The secret of a named key; <see langword="null"/> where the key was removed.</summary>
    public static byte[]? Find(DomainVerificationOptions options, string keyId)
    {
        var key = options.Keys.FirstOrDefault(candidate => string.Equals(candidate.Id, keyId, StringComparison.Ordinal));
        return key is null ? null : Convert.FromBase64String(key.Secret);
    }

    /// <summary>
    /// HMAC-SHA-512 over a purpose and fields, each with its length in front, so that no two lists of fields give the same input.
    /// </summary>
    public static byte[] Hash(byte[] secret, string purpose, params ReadOnlySpan<string> fields)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, secret);
        Append(hmac, purpose);
        foreach (var field in fields)
        {
            Append(hmac, field);
        }

        return hmac.GetHashAndReset();
    }

    private static void Append(IncrementalHash hmac, string field)
    {
        var bytes = Utf8.GetBytes(field);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hmac.AppendData(length);
        hmac.AppendData(bytes);
    }
}
