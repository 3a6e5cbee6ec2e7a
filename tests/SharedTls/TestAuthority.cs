using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Tests.Tls;

/// <summary>An authority that a test makes for itself, and nobody else trusts.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private static readonly DateTimeOffset Earlier = DateTimeOffset.UtcNow.AddDays(-10);
    private static readonly DateTimeOffset Later = DateTimeOffset.UtcNow.AddDays(10);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority()
    {
        CertificateRequest request = new("CN=test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        Certificate = request.CreateSelfSigned(Earlier.AddDays(-1), Later.AddDays(1));
    }

    /// <summary>The certificate of the authority, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>A certificate that nobody but itself vouches for.</summary>
    public static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(name, key, ServerAuthentication).CreateSelfSigned(Earlier, Later);
        return Loaded(certificate);
    }

    /// <summary>A certificate for a name, with its key.</summary>
    /// <param name="name">The name.</param>
    /// <param name="expired">Whether its time was over yesterday.</param>
    /// <param name="usage">The object identifier of what it is good for; servers by default.</param>
    public X509Certificate2 Issue(string name, bool expired = false, string usage = ServerAuthentication)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key, usage);
        using var signed = request.Create(Certificate, Earlier, expired ? DateTimeOffset.UtcNow.AddDays(-1) : Later, RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return Loaded(whole);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Request(string name, ECDsa key, string usage)
    {
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        return request;
    }

    // SslStream wants a key that does not live in memory alone.
    private static X509Certificate2 Loaded(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
}
