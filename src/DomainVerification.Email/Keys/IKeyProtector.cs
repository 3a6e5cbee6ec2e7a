using System.Security.Cryptography;

namespace DomainVerification.Email;

/// <summary>
/// Encrypts the private keys that are kept in the store. The default is ASP.NET Data Protection; another one stands in front of a key
/// vault or a hardware module. Safe for parallel use.
/// </summary>
public interface IKeyProtector
{
    /// <summary>Encrypts a private key.</summary>
    /// <param name="privateKey">The key in PKCS #8. The caller clears it; keep no copy.</param>
    /// <param name="context">Whose key it is: bind the result to it, so that it cannot be passed off as another one's.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> privateKey, KeyProtectionContext context, CancellationToken cancellationToken);

    /// <summary>Decrypts a private key.</summary>
    /// <param name="protectedKey">What <see cref="ProtectAsync"/> gave.</param>
    /// <param name="context">Whose key it is.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The key in PKCS #8, in memory of its own. The caller clears it.</returns>
    /// <exception cref="CryptographicException">
    /// It cannot be decrypted, and trying again will not help: it was altered, belongs to another context, or its master key is lost. An
    /// outage is any other exception.
    /// </exception>
    ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> protectedKey, KeyProtectionContext context, CancellationToken cancellationToken);
}

/// <summary>Whose private key it is.</summary>
/// <param name="ClaimId">The claim.</param>
/// <param name="Epoch">The epoch of the holding.</param>
/// <param name="Selector">The DKIM selector.</param>
/// <param name="KeyId">The key itself: a selector may have another key later.</param>
public sealed record KeyProtectionContext(ClaimId ClaimId, long Epoch, string Selector, string KeyId);
