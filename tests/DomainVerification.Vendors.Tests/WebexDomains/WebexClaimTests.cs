using System.Text.Json;
using DomainVerification.Vendors.Tests.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Webex;

namespace DomainVerification.Vendors.Tests.WebexDomains;

/// <summary>"Claim Domain".</summary>
public sealed class WebexClaimTests
{
    private static readonly (string, string)[] Users =
        [("ann@cisco.com", WebexHost.Organization), ("bob@cisco.com", WebexHost.Other), ("eve@webex.com", WebexHost.Other)];

    [Fact]
    public async Task A_claimed_domain_is_answered_with_200_and_the_shape_of_its_page()
    {
        await using var host = WebexHost.Start();
        await host.HoldVerifiedAsync();

        var answer = await host.ClaimAsync();

        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        Assert.Empty(JsonShape.Differences(JsonDocument.Parse(WebexPages.Claimed).RootElement, answer.Json));
        Assert.Equal(200, (await host.ClaimAsync()).Status);
    }

    [Fact]
    public async Task The_address_of_a_claimed_domain_ends_with_its_name_in_base64()
    {
        await using var host = WebexHost.Start();
        await host.HoldVerifiedAsync("example3.com");

        var claimed = (await host.ClaimAsync("example3.com")).Json.GetProperty("data")[0];

        Assert.Equal("example3.com", claimed.GetProperty("domain").GetString());
        Assert.Equal(
            JsonDocument.Parse(WebexPages.Claimed).RootElement.GetProperty("data")[0].GetProperty("url").GetString(),
            claimed.GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_domain_that_is_not_verified_is_400()
    {
        await using var host = WebexHost.Start();

        Assert.Equal((400, "claim_not_found"), WebexHost.Error(await host.ClaimAsync()));
        await host.PublishAsync();
        Assert.Equal((400, "not_verified"), WebexHost.Error(await host.ClaimAsync()));
    }

    [Fact]
    public async Task All_domains_of_a_list_are_claimed_or_none()
    {
        await using var host = WebexHost.Start();
        await host.HoldVerifiedAsync("cisco.com");
        await host.HoldVerifiedAsync("webex.com");
        var before = await host.Host.SnapshotAsync();

        var refused = await host.SendAsync(
            "claimDomain", """{"data":[{"domain":"cisco.com"},{"domain":"duo.com"},{"domain":"webex.com"}]}""");

        Assert.Equal((400, "claim_not_found"), WebexHost.Error(refused));
        Assert.Equal(before, await host.Host.SnapshotAsync());

        var claimed = await host.SendAsync("claimDomain", """{"data":[{"domain":"cisco.com"},{"domain":"webex.com"}]}""");
        Assert.Equal(
            ["cisco.com", "webex.com"],
            claimed.Json.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("domain").GetString()));
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData(""","forceDomainClaim":true""", 200)]
    [InlineData(""","forceDomainClaim":false""", 409)]
    public async Task Users_outside_of_the_organization_are_no_hindrance_unless_they_are_to_be(string flag, int status)
    {
        await using var host = WebexHost.Start(Users);
        await host.HoldVerifiedAsync();
        var before = await host.Host.SnapshotAsync();

        var answer = await host.SendAsync("claimDomain", $$"""{"data":[{"domain":"cisco.com"}]{{flag}}}""");

        Assert.Equal(status, answer.Status);
        Assert.Equal(status != 200, before == await host.Host.SnapshotAsync());
        Assert.Equal(status == 200, host.Host.Services.GetRequiredService<UserDirectory>().IsTransient("bob@cisco.com"));
    }

    [Fact]
    public async Task Without_users_outside_nothing_needs_to_be_forced()
    {
        await using var host = WebexHost.Start(Users[0]);
        await host.HoldVerifiedAsync();

        Assert.Equal(200, (await host.SendAsync("claimDomain", """{"data":[{"domain":"cisco.com"}],"forceDomainClaim":false}""")).Status);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(""","claimDomainOnly":false""", true)]
    [InlineData(""","claimDomainOnly":true""", false)]
    public async Task Users_outside_become_transient_unless_only_the_domain_is_claimed(string flag, bool isTransient)
    {
        await using var host = WebexHost.Start(Users);
        await host.HoldVerifiedAsync();

        await host.SendAsync("claimDomain", $$"""{"data":[{"domain":"cisco.com"}]{{flag}}}""");

        var users = host.Host.Services.GetRequiredService<UserDirectory>();
        Assert.Equal(isTransient, users.IsTransient("bob@cisco.com"));
        Assert.False(users.IsTransient("ann@cisco.com"));
        Assert.False(users.IsTransient("eve@webex.com"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":[null]}""")]
    [InlineData("""{"data":[{}]}""")]
    [InlineData("""{"data":[{"domain":null}]}""")]
    [InlineData("""{"data":["cisco.com"]}""")]
    [InlineData("""{"data":{"domain":"cisco.com"}}""")]
    [InlineData("""{"data":[{"domain":"cisco.com"}],"forceDomainClaim":"yes"}""")]
    public async Task A_body_of_another_shape_is_400(string body)
    {
        await using var host = WebexHost.Start();
        await host.HoldVerifiedAsync();
        var before = await host.Host.SnapshotAsync();

        Assert.Equal((400, "bad_request"), WebexHost.Error(await host.SendAsync("claimDomain", body)));
        Assert.Equal(before, await host.Host.SnapshotAsync());
    }
}
