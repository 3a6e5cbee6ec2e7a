using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DomainVerification.Testing;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs.Http;

/// <summary>TLS: any certificate behind a redirect from http, a valid one where https was asked for, and nothing loaded for either.</summary>
public class FileTlsTests
{
    private const string Https = "https://" + FileWorld.Host + FileWorld.Path;

    [Fact]
    public async Task RedirectToHttps_TakesAnyCertificate()
    {
        await using var world = new FileWorld();
        world.Web.Put(FileWorld.Host, "/tls", FileWorld.Content).Redirect(FileWorld.Host, FileWorld.Path, "https://acme.example/tls", 301);

        var report = await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal(["http", "https"], world.Web.Requests.Select(request => request.Scheme));
        Assert.Equal("9.9.9.9:443", report.Evidence!.Server);
    }

    [Fact]
    public async Task HttpsAskedFor_UnknownCertificate_Fails()
    {
        await using var world = new FileWorld().Put();
        world.Record = world.Record with { Name = Https };

        await world.AssertAsync(ProofOutcome.Inconclusive, TlsFailed);

        Assert.Empty(world.Web.Requests);
    }

    [Fact]
    public async Task HttpsAskedFor_ValidCertificate_IsProved()
    {
        await using var world = new FileWorld().Put();
        world.Record = world.Record with { Name = Https };
        world.Authority = world.Web.Certificate;

        await world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Fact]
    public async Task HttpsAskedFor_CertificateOfAnotherName_Fails()
    {
        await using var world = new FileWorld();
        world.Dns.Zone("other.example").Address("@", FileWorld.Public);
        world.Web.Put("other.example", FileWorld.Path, FileWorld.Content);
        world.Record = world.Record with { Name = "https://other.example" + FileWorld.Path };
        world.Authority = world.Web.Certificate;

        await world.AssertAsync(ProofOutcome.Inconclusive, TlsFailed);
    }

    [Fact]
    public async Task HttpsAskedFor_NeverGoesBackToHttp()
    {
        await using var world = new FileWorld();
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, "http://acme.example/plain").Put(FileWorld.Host, "/plain", FileWorld.Content);
        world.Record = world.Record with { Name = Https };
        world.Authority = world.Web.Certificate;

        var report = await world.AssertAsync(ProofOutcome.NotProved, RedirectRefused);

        Assert.Contains("from https back to http", report.Diagnosis.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoTlsOnTheTlsPort_Fails()
    {
        await using var world = new FileWorld();
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, "https://acme.example/tls").Faults.Add(WebFault.NoTls());

        await world.AssertAsync(ProofOutcome.Inconclusive, TlsFailed);
    }

    /// <summary>The certificate of an unknown issuer says where the issuer's own one can be loaded from: a URL of the server's choice.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UrlInTheCertificate_IsNeverLoaded(bool isStrict)
    {
        await using var bait = LoopbackWebServer.Start();
        using var certificate = WithIssuerAt($"http://127.0.0.1:{bait.HttpPort}/issuer.cer");
        await using var world = new FileWorld(certificate).Put();
        world.Web.Redirect(FileWorld.Host, "/start", Https);
        world.Record = world.Record with { Name = isStrict ? Https : "http://acme.example/start" };

        Assert.Equal(isStrict ? TlsFailed : Proved, (await world.CheckAsync()).Diagnosis.Code);
        Assert.Empty(bait.Requests);

        // With downloads allowed it would have been.
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.False(chain.Build(certificate));
        Assert.NotEmpty(bait.Requests);
    }

    private static X509Certificate2 WithIssuerAt(string url)
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.2");
            writer.WriteCharacterString(UniversalTagNumber.IA5String, url, new Asn1Tag(TagClass.ContextSpecific, 6));
        }

        var request = new CertificateRequest("CN=leaf", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(FileWorld.Host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.1.1", writer.Encode(), critical: false));
        using var signed = request.Create(
            new X500DistinguishedName("CN=unknown issuer"),
            X509SignatureGenerator.CreateForECDsa(issuerKey),
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Encoding.ASCII.GetBytes("serial"));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
