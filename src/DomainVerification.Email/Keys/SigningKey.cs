using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace DomainVerification.Email;

/// <summary>
/// A private key to sign mail with, in memory until it is disposed of. Ask for it afresh every few minutes: a key that was rotated,
/// suspended or released must not go on signing.
/// </summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>The algorithm: the <c>a=</c> of the signature.</summary>
    public const string Algorithm = "rsa-sha256";

    private byte[]? _privateKey;

    internal SigningKey(string identityId, DomainName domain, string selector, byte[] privateKey)
    {
        IdentityId = identityId;
        Domain = domain;
        Selector = selector;
        _privateKey = privateKey;
    }

    /// <summary>The identity that it signs for.</summary>
    public string IdentityId { get; }

    /// <summary>The signing domain: the <c>d=</c> of the signature (RFC 6376, section 3.5).</summary>
    public DomainName Domain { get; }

    /// <summary>The selector: the <c>s=</c> of the signature.</summary>
    public string Selector { get; }

    /// <summary>The private key in PKCS #8. Left out where the object is written as JSON.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Pkcs8 => _privateKey ?? throw new ObjectDisposedException(nameof(SigningKey));

    /// <summary>The private key, ready to sign. The caller disposes of it.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public RSA CreateRsa()
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Pkcs8.Span, out _);
        return rsa;
    }

    /// <summary>The domain and the selector; never the key.</summary>
    public override string ToString() => $"{Selector}._domainkey.{Domain}";

    /// <summary>Clears the key from memory.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_privateKey);
        _privateKey = null;
    }
}
