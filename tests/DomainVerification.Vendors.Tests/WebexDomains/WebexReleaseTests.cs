using System.Text;
using System.Text.Json;
using DomainVerification.Vendors.Tests.Seeds;

namespace DomainVerification.Vendors.Tests.WebexDomains;

/// <summary>"Unclaim Domain" and "Unverify Domain".</summary>
public sealed class WebexReleaseTests
{
    [Fact]
    public async Task Unclaiming_is_204_and_leaves_the_domain_verified()
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync();

        var answer = await host.UnclaimAsync();

        Assert.Equal((204, ""), (answer.Status, answer.Body));
        var after = await host.VerifyAsync();
        Assert.Equal(["cisco.com"], WebexHost.Domains(after, "verifiedDomains"));
        Assert.Empty(WebexHost.Domains(after, "claimedDomains"));
        Assert.Equal(200, (await host.ClaimAsync()).Status);
    }

    [Fact]
    public async Task After_an_unclaim_another_organization_can_verify_and_claim()
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync();
        await host.UnclaimAsync();

        await host.HoldClaimedAsync(organization: WebexHost.Other);

        Assert.Equal((409, "domain_held"), WebexHost.Error(await host.ClaimAsync()));
    }

    [Fact]
    public async Task Unclaiming_takes_the_domain_in_base64_too()
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync();

        Assert.Equal(204, (await host.UnclaimAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes("cisco.com")))).Status);
        Assert.Empty(WebexHost.Domains(await host.VerifyAsync(), "claimedDomains"));
    }

    [Theory]
    [InlineData("cisco.com", "not_claimed")]
    [InlineData("webex.com", "claim_not_found")]
    [InlineData("https://cisco.com", "domain_is_url")]
    [InlineData("not base64!", "domain_has_space")]
    [InlineData("AAAA", "domain_has_invalid_character")]
    [InlineData("", "domain_empty")]
    public async Task Unclaiming_what_is_not_claimed_is_400(string domain, string code)
    {
        await using var host = WebexHost.Start();
        await host.HoldVerifiedAsync();
        var before = await host.Host.SnapshotAsync();

        Assert.Equal((400, code), WebexHost.Error(await host.UnclaimAsync(domain)));
        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task Unverifying_a_claimed_domain_is_400()
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync();
        var before = await host.Host.SnapshotAsync();

        Assert.Equal((400, "still_claimed"), WebexHost.Error(await host.UnverifyAsync()));
        Assert.Equal((400, "still_claimed"), WebexHost.Error(await host.UnverifyAsync(more: ""","removePending":true""")));
        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task Unverifying_is_200_with_the_shape_of_its_page_and_takes_the_verification_away()
    {
        await using var host = WebexHost.Start();
        var page = JsonDocument.Parse(WebexPages.Unverified).RootElement;
        await host.HoldClaimedAsync("webex.com");
        await host.HoldClaimedAsync();
        await host.UnclaimAsync();

        var answer = await host.UnverifyAsync();

        Assert.Equal(200, answer.Status);
        Assert.Empty(JsonShape.Differences(page, answer.Json));
        Assert.Equal(page.GetProperty("url").GetString(), answer.Json.GetProperty("url").GetString());
        Assert.Equal(["webex.com"], WebexHost.Domains(answer, "verifiedDomains"));
        Assert.Equal(["webex.com"], WebexHost.Domains(answer, "claimedDomains"));
        Assert.Equal(400, (await host.ClaimAsync()).Status);
        Assert.Equal(400, (await host.VerifyAsync()).Status);
    }

    [Fact]
    public async Task The_token_of_an_unverified_domain_proves_nothing_any_more()
    {
        await using var host = WebexHost.Start();
        await host.HoldVerifiedAsync();
        await host.UnverifyAsync();
        await host.TokenAsync();

        Assert.Equal((400, "proof_not_found"), WebexHost.Error(await host.VerifyAsync()));
    }

    [Fact]
    public async Task Unverifying_a_domain_that_is_not_the_organizations_is_404()
    {
        await using var host = WebexHost.Start();
        await host.HoldVerifiedAsync(organization: WebexHost.Other);

        Assert.Equal((404, "claim_not_found"), WebexHost.Error(await host.UnverifyAsync()));

        await host.HoldVerifiedAsync("webex.com");
        await host.UnverifyAsync("webex.com");
        Assert.Equal((404, "claim_ended"), WebexHost.Error(await host.UnverifyAsync("webex.com")));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(""","removePending":false""", false)]
    [InlineData(""","removePending":true""", true)]
    public async Task A_pending_domain_is_removed_where_that_is_asked_for(string flag, bool isRemoved)
    {
        await using var host = WebexHost.Start();
        await host.PublishAsync();
        var before = await host.Host.SnapshotAsync();

        var answer = await host.UnverifyAsync(more: flag);

        Assert.Equal(isRemoved ? 200 : 400, answer.Status);
        Assert.Equal(isRemoved, before != await host.Host.SnapshotAsync());
        Assert.Equal(isRemoved ? 400 : 200, (await host.VerifyAsync()).Status);
    }
}
