using System.Buffers.Text;
using System.Security.Cryptography;
using DomainVerification.Email.Identities.Internal;

namespace DomainVerification.Email.Keys.Internal;

/// <summary>Makes DKIM keys, and reads them back.</summary>
internal sealed class DkimKeys(IKeyProtector protector, TimeProvider time)
{
    /// <summary>
    /// What RFC 8301, section 3.2, tells signers to use at least; a longer one does not fit where DNS answers must stay small.
    /// </summary>
    public const int Bits = 2048;

    /// <summary>Makes a key pair; tests, which need many, draw from a pool.</summary>
    public Func<RSA> Generate { get; init; } = static () => RSA.Create(Bits);

    /// <summary>Makes a fresh key for a selector. The private half leaves this method encrypted.</summary>
    public async Task<StoredKey> CreateAsync(HoldingKey holding, string selector, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now).ToString("N");
        using var rsa = Generate();
        var plain = rsa.ExportPkcs8PrivateKey();
        try
        {
            var context = new KeyProtectionContext(holding.ClaimId, holding.Epoch, selector, id);
            var protectedKey = await protector.ProtectAsync(plain, context, cancellationToken).ConfigureAwait(false);
            return new StoredKey
            {
                Id = id,
                PublicKey = Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()),
                PrivateKey = Base64Url.EncodeToString(protectedKey),
                CreatedAt = now,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>The private half of a key in PKCS #8; the caller clears it.</summary>
    /// <exception cref="CryptographicException">It cannot be decrypted, or does not belong to the public half.</exception>
    public async Task<byte[]> OpenAsync(HoldingKey holding, string selector, StoredKey key, CancellationToken cancellationToken)
    {
        if (key.PrivateKey is null)
        {
            throw new CryptographicException("The private half of the key was removed.");
        }

        var context = new KeyProtectionContext(holding.ClaimId, holding.Epoch, selector, key.Id);
        var protectedKey = Decode(key.PrivateKey);
        var plain = await protector.UnprotectAsync(protectedKey, context, cancellationToken).ConfigureAwait(false);
        if (Belongs(plain, key.PublicKey))
        {
            return plain;
        }

        CryptographicOperations.ZeroMemory(plain);
        throw new CryptographicException("The private half of the key does not belong to the public one.");
    }

    private static byte[] Decode(string text) => Base64Url.IsValid(text)
        ? Base64Url.DecodeFromChars(text)
        : throw new CryptographicException("What is stored is no encrypted key.");

    private static bool Belongs(byte[] privateKey, string publicKey)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(privateKey, out _);
        return Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()) == publicKey;
    }
}
