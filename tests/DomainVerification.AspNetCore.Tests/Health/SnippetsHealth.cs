using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests.Health;

/// <summary>The code of <c>docs/health.md</c>.</summary>
internal static class SnippetsHealth
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification();
        builder.Services.AddHealthChecks()
            .AddDomainVerification(
                "claims-store", tags: ["ready"], configure: options => options.Parts = DomainVerificationHealthParts.Store)
            .AddDomainVerification();
    }

    public static void Map(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        app.MapHealthChecks("/health");
    }
}
