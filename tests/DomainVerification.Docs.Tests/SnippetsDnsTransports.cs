using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Docs.Tests;

/// <summary>What docs/dns-transports.md shows.</summary>
internal static class SnippetsDnsTransports
{
    internal static void Configure(DomainVerificationBuilder builder, X509Certificate2 authority)
    {
        builder.ConfigureDns(dns =>
        {
            dns.Servers = ["tls://192.0.2.53#dns.example"];
            dns.TrustOnly(authority);
        });
    }
}
