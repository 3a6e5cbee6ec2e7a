using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>Endpoints of the host's own that act for owners.</summary>
public sealed class OwnEndpointTests
{
    [Fact]
    public async Task A_handler_takes_the_claimant_as_a_parameter()
    {
        await using var host = await StartAsync();

        var answer = await host.SendAsync("POST", "/own/acme.example", "ann");

        Assert.Equal(200, answer.Status);
        var claim = (await host.Store.ListAsync(new ClaimQuery(), default)).Claims.Single();
        Assert.Equal(("ann", ClaimActor.User("jo")), (claim.Owner, claim.CreatedBy));
    }

    [Theory]
    [InlineData("sub=jo")]
    [InlineData("tenant=ann&tenant=bob&sub=jo")]
    public async Task Who_acts_for_nobody_is_forbidden_and_the_handler_does_not_run(string user)
    {
        await using var host = await StartAsync();

        var answer = await host.SendAsync("POST", "/own/acme.example", null, shape: request => request.Headers.Add(TestScheme.Header, user));

        Assert.Equal(403, answer.Status);
        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to()
    {
        await using var host = await StartAsync();

        Assert.Equal(401, (await host.SendAsync("POST", "/own/acme.example", tenant: null)).Status);
        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task Without_the_policy_a_handler_that_needs_a_claimant_does_not_run()
    {
        await using var host = await StartAsync();

        Assert.Equal(400, (await host.SendAsync("POST", "/open/acme.example", tenant: null)).Status);
        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task A_handler_may_do_without_a_claimant()
    {
        await using var host = await StartAsync();

        Assert.Equal("nobody", (await host.SendAsync("GET", "/who", tenant: null)).Body);
        Assert.Equal("ann", (await host.SendAsync("GET", "/who", "ann")).Body);
    }

    private static Task<WebHost> StartAsync() => WebHost.StartAsync(
        configure: (builder, _) => builder.Services.AddAuthorizationBuilder().AddPolicy("own", policy => policy.RequireClaimant()),
        map: app =>
        {
            app.MapPost("/own/{domain}", RequestAsync).RequireAuthorization("own");
            app.MapPost("/open/{domain}", RequestAsync);
            app.MapGet("/who", (Claimant? claimant) => Results.Text(claimant?.Owner ?? "nobody"));
        });

    private static async Task<IResult> RequestAsync(
        string domain,
        Claimant claimant,
        IDomainClaimManager claims,
        CancellationToken cancellationToken)
    {
        var request = new ClaimRequest(claimant.Owner, domain) { Actor = claimant.Actor };
        var result = await claims.RequestAsync(request, cancellationToken);
        return result.Error is { } error
            ? Results.Json(new { error.Code }, statusCode: DomainVerificationStatusCodes.Of(error.Code))
            : Results.Ok(new { result.Claim!.Domain.Value });
    }
}
