using DomainVerification.Dns;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Docs.Tests;

/// <summary>The code of <c>docs/authoritative-checks.md</c>.</summary>
internal static class SnippetsAuthoritativeChecks
{
    public static void Mode(WebApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification().ConfigureDns(options => options.Mode = DnsLookupMode.Authoritative);
    }
}
