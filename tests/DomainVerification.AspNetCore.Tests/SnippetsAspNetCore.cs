using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>What docs/aspnetcore.md shows.</summary>
public sealed class SnippetsAspNetCore
{
    [Fact]
    public void A_host_maps_the_api()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TestScheme>(TestScheme.Name, null);
        builder.Services
            .AddDomainVerification(options => options.Provider = "contoso")
            .AddAspNetCore(options => options.OwnerClaimTypes = ["org_id"]);

        var app = builder.Build();
        app.MapDomainVerification("/domains");
        app.MapDomainVerificationReviews("/reviews");

        Assert.Equal(22, ((IEndpointRouteBuilder)app).DataSources.Sum(source => source.Endpoints.Count));
    }

    [Fact]
    public void A_host_brings_its_own_claimants()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDomainVerification().AddAspNetCore().UseClaimantAccessor<KeyClaimants>();

        using var services = builder.Services.BuildServiceProvider();
        using var scope = services.CreateScope();
        Assert.IsType<KeyClaimants>(scope.ServiceProvider.GetRequiredService<IClaimantAccessor>());
    }

    [Fact]
    public void A_host_brings_its_own_policies()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDomainVerification().AddAspNetCore();
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy(DomainVerificationPolicies.Write, policy => policy.RequireClaim("scope", "domain:write"))
            .AddPolicy(DomainVerificationPolicies.Review, policy => policy.RequireRole("operator"));
        builder.Services.AddOpenApi();

        var options = builder.Services.BuildServiceProvider().GetRequiredService<IOptions<AuthorizationOptions>>().Value;
        Assert.Single(options.GetPolicy(DomainVerificationPolicies.Write)!.Requirements);
        Assert.NotNull(options.GetPolicy(DomainVerificationPolicies.Read));
    }

    [Fact]
    public void A_host_has_endpoints_of_its_own()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDomainVerification().AddAspNetCore();
        builder.Services.AddAuthorizationBuilder().AddPolicy("tenants", policy => policy.RequireClaimant());

        var app = builder.Build();
        app.MapDelete("/domains/{domain}", async (string domain, Claimant claimant, IDomainClaimManager claims, CancellationToken cancellationToken) =>
        {
            var options = new ClaimActionOptions { Actor = claimant.Actor };
            var result = await claims.EndAsync(ClaimReference.To(claimant.Owner, domain), options, cancellationToken);
            return result.Error is { } error ? Results.StatusCode(DomainVerificationStatusCodes.Of(error.Code)) : Results.NoContent();
        }).RequireAuthorization("tenants");

        Assert.Single(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
    }

    private sealed class KeyClaimants : IClaimantAccessor
    {
        public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Claimant?>(null);

        public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ClaimActor?>(null);
    }
}
