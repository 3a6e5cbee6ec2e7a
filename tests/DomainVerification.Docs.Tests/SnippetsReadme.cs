using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Docs.Tests;

internal static class SnippetsReadme
{
    public static void Register(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddDomainVerification(options =>
        {
            options.Provider = "contoso";                  // the record is _contoso-domain-challenge.<domain>
            options.Scope = ChallengeScope.Domain;
        });

        var app = builder.Build();

        app.MapPost("/domains/{domain}", async (string domain, HttpContext http, IDomainClaimManager claims) =>
        {
            var result = await claims.RequestAsync(new ClaimRequest(TenantOf(http), domain));
            return result.Error is { } error
                ? Results.BadRequest(new { error.Code, error.Message })
                : Results.Ok(new { result.Claim!.Status, result.Instructions });
        });

        app.MapPost("/domains/{domain}/confirm", async (string domain, HttpContext http, IDomainClaimManager claims) =>
        {
            var result = await claims.ConfirmAsync(ClaimReference.To(TenantOf(http), domain));
            return result.Error is { } error
                ? Results.Conflict(new { error.Code, error.Message, result.Report?.RetryAfter })
                : Results.Ok(new { result.Claim!.Status });
        });

        app.Run();
    }

    public static async Task<string> Outcomes(IDomainClaimManager claims, DomainClaim claim)
    {
        var result = await claims.VerifyAsync(ClaimReference.To(claim));
        return result.Status switch
        {
            ClaimResultStatus.Done or ClaimResultStatus.Unchanged => "verified",
            ClaimResultStatus.NotProved => $"not there: {result.Report!.Diagnosis.Message}",
            ClaimResultStatus.Inconclusive => "could not ask; nothing changed, try again",
            _ => $"{result.Error!.Code}: {result.Error.Message}",
        };
    }

    private static string TenantOf(HttpContext http) => http.User.Identity?.Name ?? "anonymous";
}
