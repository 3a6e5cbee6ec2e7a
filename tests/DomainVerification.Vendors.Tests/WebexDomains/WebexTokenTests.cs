using System.Text.Json;
using DomainVerification.Vendors.Tests.Seeds;

namespace DomainVerification.Vendors.Tests.WebexDomains;

/// <summary>"Get Domain Verification Token".</summary>
public sealed class WebexTokenTests
{
    [Fact]
    public async Task A_token_is_answered_with_200_and_the_shape_of_its_page()
    {
        await using var host = WebexHost.Start();
        var page = JsonDocument.Parse(WebexPages.Token).RootElement;

        var answer = await host.TokenAsync();

        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        Assert.Empty(JsonShape.Differences(page, answer.Json));
        Assert.Equal("cisco.com", answer.Json.GetProperty("domain").GetString());
        Assert.Equal("DNS_TXT", answer.Json.GetProperty("verificationMethod").GetString());
        Assert.Equal(page.GetProperty("url").GetString(), answer.Json.GetProperty("url").GetString());
    }

    [Fact]
    public async Task The_token_is_a_UUID_and_is_the_same_when_it_is_asked_for_again()
    {
        await using var host = WebexHost.Start();

        var token = (await host.TokenAsync()).Json.GetProperty("token").GetString()!;

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", token);
        Assert.Equal(token, (await host.TokenAsync("Cisco.COM")).Json.GetProperty("token").GetString());
        Assert.NotEqual(token, (await host.TokenAsync(organization: WebexHost.Other)).Json.GetProperty("token").GetString());
    }

    [Fact]
    public async Task A_domain_that_the_organization_itself_has_claimed_is_409()
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync();

        Assert.Equal((409, "already_claimed"), WebexHost.Error(await host.TokenAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_domain_that_another_organization_has_claimed_is_409(bool hadAToken)
    {
        await using var host = WebexHost.Start();
        if (hadAToken)
        {
            await host.TokenAsync(organization: WebexHost.Other);
        }

        await host.HoldClaimedAsync();
        var before = await host.Host.SnapshotAsync();

        Assert.Equal((409, "domain_held"), WebexHost.Error(await host.TokenAsync(organization: WebexHost.Other)));
        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task A_domain_that_is_verified_and_not_claimed_still_has_its_token()
    {
        await using var host = WebexHost.Start();
        var token = (await host.TokenAsync()).Json.GetProperty("token").GetString();
        await host.HoldVerifiedAsync();

        Assert.Equal(token, (await host.TokenAsync()).Json.GetProperty("token").GetString());
        Assert.Equal(200, (await host.TokenAsync(organization: WebexHost.Other)).Status);
    }

    [Theory]
    [InlineData("https://cisco.com/", "domain_is_url")]
    [InlineData("co.uk", "domain_is_public_suffix")]
    [InlineData("", "domain_empty")]
    public async Task What_is_no_domain_is_400(string domain, string code)
    {
        await using var host = WebexHost.Start();

        Assert.Equal((400, code), WebexHost.Error(await host.TokenAsync(domain)));
        Assert.Empty(await host.Host.SnapshotAsync());
    }
}
