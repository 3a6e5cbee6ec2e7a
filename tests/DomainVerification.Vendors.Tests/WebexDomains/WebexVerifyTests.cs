using System.Globalization;
using System.Text.Json;
using DomainVerification.Testing;
using DomainVerification.Vendors.Tests.Seeds;
using Microsoft.Extensions.DependencyInjection;
using Webex;

namespace DomainVerification.Vendors.Tests.WebexDomains;

/// <summary>"Verify Domain".</summary>
public sealed class WebexVerifyTests
{
    [Fact]
    public async Task A_verified_domain_is_answered_with_200_and_the_shape_of_its_page()
    {
        await using var host = WebexHost.Start();
        var page = JsonDocument.Parse(WebexPages.Verified).RootElement;
        await host.HoldClaimedAsync("webex.com");
        await host.PublishAsync();

        var answer = await host.VerifyAsync();

        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        Assert.Empty(JsonShape.Differences(page, answer.Json));
        Assert.Equal(page.GetProperty("url").GetString(), answer.Json.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Verifying_does_not_claim_unless_it_is_asked_to()
    {
        await using var host = WebexHost.Start();
        await host.PublishAsync();

        var verified = await host.VerifyAsync();
        var explicitly = await host.SendAsync("verifyDomain", """{"domain":"cisco.com","claimDomain":false,"reserveDomain":false}""");
        var claimed = await host.SendAsync("verifyDomain", """{"domain":"cisco.com","claimDomain":true}""");

        Assert.Equal(["cisco.com"], WebexHost.Domains(verified, "verifiedDomains"));
        Assert.Empty(WebexHost.Domains(verified, "claimedDomains"));
        Assert.Equal(verified.Body, explicitly.Body);
        Assert.Equal(["cisco.com"], WebexHost.Domains(claimed, "verifiedDomains"));
        Assert.Equal(["cisco.com"], WebexHost.Domains(claimed, "claimedDomains"));
    }

    [Fact]
    public async Task ClaimDomain_verifies_and_claims_in_one_call()
    {
        await using var host = WebexHost.Start();
        await host.PublishAsync();

        var answer = await host.SendAsync("verifyDomain", """{"domain":"cisco.com","claimDomain":true}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal(["cisco.com"], WebexHost.Domains(answer, "claimedDomains"));
    }

    [Fact]
    public async Task The_lists_are_those_of_the_organization()
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync("webex.com");
        await host.HoldVerifiedAsync("meraki.com");
        await host.TokenAsync("duo.com");
        await host.HoldClaimedAsync("splunk.com", WebexHost.Other);
        await host.PublishAsync();

        var answer = await host.VerifyAsync();

        Assert.Equal(["webex.com", "meraki.com", "cisco.com"], WebexHost.Domains(answer, "verifiedDomains"));
        Assert.Equal(["webex.com"], WebexHost.Domains(answer, "claimedDomains"));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task Without_a_token_requested_before_it_is_400(string claimDomain)
    {
        await using var host = WebexHost.Start();
        await host.PublishAsync(organization: WebexHost.Other);

        var answer = await host.SendAsync("verifyDomain", $$"""{"domain":"cisco.com","claimDomain":{{claimDomain}}}""");

        Assert.Equal((400, "claim_not_found"), WebexHost.Error(answer));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("v=spf1 -all")]
    [InlineData("cisco-ci-domain-verification=f5014515-6559-4a30-9d68-0deb028f27b7")]
    [InlineData("{token}")]
    public async Task Without_the_TXT_record_it_is_400_and_the_domain_stays_unverified(string? record)
    {
        await using var host = WebexHost.Start();
        var token = (await host.TokenAsync()).Json.GetProperty("token").GetString()!;
        var zone = host.World.Zone("cisco.com");
        if (record is not null)
        {
            zone.Txt("cisco.com.", record.Replace("{token}", token, StringComparison.Ordinal));
        }

        Assert.Equal((400, "proof_not_found"), WebexHost.Error(await host.VerifyAsync()));
        Assert.Equal((400, "not_verified"), WebexHost.Error(await host.ClaimAsync()));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task A_domain_that_another_organization_has_claimed_is_409(string claimDomain)
    {
        await using var host = WebexHost.Start();
        await host.PublishAsync(organization: WebexHost.Other);
        await host.HoldClaimedAsync();
        var before = await host.Host.SnapshotAsync();

        var answer = await host.SendAsync(
            "verifyDomain", $$"""{"domain":"cisco.com","claimDomain":{{claimDomain}}}""", WebexHost.Other);

        Assert.Equal((409, "domain_held"), WebexHost.Error(answer));
        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task Several_organizations_can_be_verified_and_one_can_claim()
    {
        await using var host = WebexHost.Start();
        await host.HoldVerifiedAsync();
        await host.HoldVerifiedAsync(organization: WebexHost.Other);

        Assert.Equal(200, (await host.ClaimAsync()).Status);
        Assert.Equal((409, "domain_held"), WebexHost.Error(await host.ClaimAsync(organization: WebexHost.Other)));
    }

    [Fact]
    public async Task ReserveDomain_is_for_FedRAMP_only()
    {
        await using var host = WebexHost.Start();
        await host.PublishAsync();
        var before = await host.Host.SnapshotAsync();

        var answer = await host.SendAsync("verifyDomain", """{"domain":"cisco.com","reserveDomain":true}""");

        Assert.Equal((400, "not_fedramp"), WebexHost.Error(answer));
        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task A_domain_that_DNS_cannot_be_asked_about_is_503_and_stays_as_it_was()
    {
        await using var host = WebexHost.Start();
        await host.PublishAsync();
        host.Host.Dns.Faults.Add(DnsFault.ServFail());

        Assert.Equal((503, "proof_inconclusive"), WebexHost.Error(await host.VerifyAsync()));
        Assert.Equal((400, "not_verified"), WebexHost.Error(await host.ClaimAsync()));

        host.Host.Dns.Faults.Clear();
        Assert.Equal(200, (await host.VerifyAsync()).Status);
    }

    [Fact]
    public async Task Too_many_calls_are_429_with_the_seconds_to_wait()
    {
        await using var host = WebexHost.StartLimited(1);
        await host.TokenAsync();
        host.World.Zone("cisco.com");
        await host.VerifyAsync();

        var answer = await host.VerifyAsync();

        Assert.Equal((429, "check_rate_limited"), WebexHost.Error(answer));
        Assert.InRange(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(WebexHost.Organization, false)]
    public async Task Users_whose_mail_domain_is_not_verified_become_transient_where_that_is_enforced(string? unenforced, bool isTransient)
    {
        await using var host = WebexHost.Start(
            unenforced,
            ("ann@cisco.com", WebexHost.Organization), ("jo@gmail.com", WebexHost.Organization), ("bob@gmail.com", WebexHost.Other));
        var users = host.Host.Services.GetRequiredService<UserDirectory>();
        await host.PublishAsync();
        Assert.False(users.IsTransient("jo@gmail.com"));

        await host.VerifyAsync();

        Assert.Equal(isTransient, users.IsTransient("jo@gmail.com"));
        Assert.False(users.IsTransient("ann@cisco.com"));
        Assert.False(users.IsTransient("bob@gmail.com"));
    }
}
