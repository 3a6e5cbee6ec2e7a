using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DomainVerification.Tokens.Internal;

/// <summary>Tokens from the system's random number generator, kept in clear or as a digest.</summary>
internal static class RandomTokenIssuer
{
    public static IssuedToken Issue(TokenOptions options)
    {
        var value = options.Format.Replace("{0}", TokenAlphabet.Random(options.Encoding, options.Bits), StringComparison.Ordinal);
        var stored = options.Disclosure == TokenDisclosure.Once
            ? new StoredToken(StoredTokenSchemes.Sha256, Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(value))))
            : new StoredToken(StoredTokenSchemes.Clear, value);
        return new IssuedToken(value, stored);
    }

    /// <summary>The digest of a token that was not kept itself; false where the stored form cannot be read.</summary>
    public static bool TryReadDigest(StoredToken stored, Span<byte> digest)
    {
        var status = Base64Url.DecodeFromChars(stored.Value, digest, out _, out var written);
        return status == OperationStatus.Done && written == digest.Length;
    }
}
