using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Dns;

/// <summary>
/// Which certificates are good: valid for the name of the server, now, with a chain to a root of the operating system, or to one of these
/// where there are any.
/// </summary>
internal sealed class TlsTrust(IEnumerable<X509Certificate2> roots)
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2[] _roots = [.. roots];

    /// <summary>The options of one handshake.</summary>
    /// <param name="serverName">The name that the certificate must be valid for.</param>
    /// <param name="protocol">What is spoken inside.</param>
    /// <param name="check">Judges the certificate.</param>
    public SslClientAuthenticationOptions Options(
        string serverName,
        SslApplicationProtocol protocol,
        RemoteCertificateValidationCallback check)
    {
        return new SslClientAuthenticationOptions
        {
            TargetHost = serverName,
            ApplicationProtocols = [protocol],
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            AllowRenegotiation = false,
            CertificateChainPolicy = ChainPolicy(),
            RemoteCertificateValidationCallback = check,
        };
    }

    // What a certificate names to be loaded was chosen by a server that nobody trusts yet, and to find it would need DNS: nothing is loaded.
    private X509ChainPolicy ChainPolicy()
    {
        X509ChainPolicy policy = new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        policy.ApplicationPolicy.Add(ServerAuthentication);
        if (_roots.Length > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_roots);
        }

        return policy;
    }
}
