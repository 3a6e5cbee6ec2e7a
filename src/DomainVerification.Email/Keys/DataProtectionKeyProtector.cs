using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace DomainVerification.Email;

/// <summary>
/// Protects private keys with ASP.NET Data Protection, with a purpose for each key. Its key ring must outlive the keys: persist it where
/// all instances of the host find it, and never revoke a ring key that still protects a signing key.
/// </summary>
/// <param name="provider">The host's provider.</param>
public sealed class DataProtectionKeyProtector(IDataProtectionProvider provider) : IKeyProtector
{
    private const string Product = "DomainVerification.Email.Dkim";

    /// <inheritdoc/>
    public ValueTask<byte[]> ProtectAsync(
        ReadOnlyMemory<byte> privateKey,
        KeyProtectionContext context,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        var plain = privateKey.ToArray();
        try
        {
            return ValueTask.FromResult(Protector(context).Protect(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> UnprotectAsync(
        ReadOnlyMemory<byte> protectedKey,
        KeyProtectionContext context,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Protector(context).Unprotect(protectedKey.ToArray()));
    }

    private IDataProtector Protector(KeyProtectionContext context) => provider.CreateProtector(
        Product,
        context.ClaimId.ToString(),
        context.Epoch.ToString(CultureInfo.InvariantCulture),
        context.Selector,
        context.KeyId);
}
