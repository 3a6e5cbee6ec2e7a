using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>The limits of checks and of pending claims, over HTTP.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("/verify")]
    [InlineData("/confirm")]
    public async Task A_check_beyond_the_limit_is_429_and_changes_nothing(string action)
    {
        await using var host = await WebHost.StartAsync(
            configure: (_, sdk) => sdk.ConfigureCheckLimits(limits => limits.PerDomain = 2));
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        await host.SendAsync("POST", claim + action);
        await host.SendAsync("POST", claim + action);
        var (before, queries) = (await host.SnapshotAsync(), host.Resolver.Queries.Count);

        var refused = await host.SendAsync("POST", claim + action);

        Assert.Equal((429, "check_rate_limited", "30"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));
        Assert.Equal("application/problem+json", refused.MediaType);
        Assert.Equal("pending", refused.Claim.GetProperty("status").GetString());
        Assert.Equal((before, queries), (await host.SnapshotAsync(), host.Resolver.Queries.Count));
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(422, (await host.SendAsync("POST", claim + action)).Status);
    }

    [Fact]
    public async Task A_key_of_a_refused_check_is_free_again()
    {
        await using var host = await WebHost.StartAsync(
            configure: (builder, sdk) =>
            {
                builder.Services.AddDataProtection();
                sdk.ConfigureCheckLimits(limits => limits.PerDomain = 1).AddIdempotencyKeys();
            },
            map: app => app.MapDomainVerification("/domains").WithIdempotencyKey());
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        await host.SendAsync("POST", claim + "/verify");
        await host.PublishAsync(claim);

        var refused = await VerifyAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var verified = await VerifyAsync();

        Assert.Equal((429, 200), (refused.Status, verified.Status));
        Assert.Equal("verified", verified.Claim.GetProperty("status").GetString());

        Task<Answer> VerifyAsync() =>
            host.SendAsync("POST", claim + "/verify", shape: request => request.Headers.Add("Idempotency-Key", "\"k1\""));
    }

    [Fact]
    public async Task A_request_beyond_the_limit_of_pending_claims_is_409_and_changes_nothing()
    {
        await using var host = await WebHost.StartAsync(profile: options => options.MaximumPendingClaims = 1);
        var claim = await host.RequestAsync("acme.example");
        var before = await host.SnapshotAsync();

        var refused = await host.SendAsync("POST", "/domains", body: """{"domain":"other.example"}""");
        var again = await host.SendAsync("POST", "/domains", body: """{"domain":"acme.example"}""");

        Assert.Equal((409, "too_many_pending_claims"), (refused.Status, refused.Code));
        Assert.False(refused.Headers.ContainsKey("Retry-After"));
        Assert.Equal((200, claim), (again.Status, again.Headers["Location"]));
        Assert.Equal(before, await host.SnapshotAsync());
        Assert.Equal(204, (await host.SendAsync("DELETE", claim)).Status);
        Assert.Equal(201, (await host.SendAsync("POST", "/domains", body: """{"domain":"other.example"}""")).Status);
    }
}
