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

    private sealed class TracingFactory(IHttpMessageHandlerFactory factory) : IHttpMessageHandlerFactory
    {
        public HttpMessageHandler CreateHandler(string name) => name.StartsWith("DomainVerification.", StringComparison.Ordinal)
            ? factory.CreateHandler(name)
            : new TracingHandler { InnerHandler = factory.CreateHandler(name) };
    }

    private sealed class TracingHandler : DelegatingHandler;
}
