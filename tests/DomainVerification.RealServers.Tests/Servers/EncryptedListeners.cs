using System.Net;
using System.Security.Cryptography.X509Certificates;
using DomainVerification.Dns;
using DomainVerification.Tests.Tls;

namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>What a server needs to be asked over TLS and HTTPS too: ports, and a certificate of an authority of the test's own.</summary>
internal sealed class EncryptedListeners : IDisposable
{
    public const string Name = "dns.example";
    public const string Path = "/dns-query";
    public const string CertificateFile = "server.crt";
    public const string KeyFile = "server.key";

    private readonly TestAuthority _authority = new();

    public X509Certificate2 Root => _authority.Certificate;

    public int TlsPort { get; private set; }

    public int HttpsPort { get; private set; }

    /// <summary>The server over TLS, perhaps under another name than its certificate's.</summary>
    public DnsServerEndpoint Tls(string name = Name) => DnsServerEndpoint.OverTls(IPAddress.Loopback, name, TlsPort);

    /// <summary>The server over HTTPS, perhaps under another name than its certificate's.</summary>
    public DnsServerEndpoint Https(string name = Name, string path = Path) =>
        DnsServerEndpoint.OverHttps(IPAddress.Loopback, name, path, HttpsPort);

    /// <summary>Chooses the ports anew, for one more start, and writes the certificate and its key.</summary>
    public void Prepare(Action<string, string> write)
    {
        (TlsPort, HttpsPort) = (LoopbackPort.FindFree(), LoopbackPort.FindFree());
        using var certificate = _authority.Issue(Name);
        write(CertificateFile, certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        write(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => _authority.Dispose();
}

/// <summary>A server that is asked over TLS and HTTPS too.</summary>
internal interface IEncryptedServer
{
    EncryptedListeners Listeners { get; }
}
