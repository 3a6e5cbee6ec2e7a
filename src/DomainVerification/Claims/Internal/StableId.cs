using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DomainVerification.Claims.Internal;

/// <summary>
/// Identities that follow from what they name, so that the same move of the same claim always gives the same event and the same operation
/// (RFC 9562, version 8).
/// </summary>
internal static class StableId
{
    public static Guid Of(ClaimId claim, string kind, long number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{claim}/{kind}/{number}");
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}
