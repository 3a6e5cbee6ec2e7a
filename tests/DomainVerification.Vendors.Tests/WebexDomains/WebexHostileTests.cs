using DomainVerification.Vendors.Tests.Hosts;

namespace DomainVerification.Vendors.Tests.WebexDomains;

/// <summary>Bodies that no honest client sends.</summary>
public sealed class WebexHostileTests
{
    [Theory]
    [InlineData("getDomainVerificationToken", "domain")]
    [InlineData("verifyDomain", "domain", "claimDomain", "reserveDomain")]
    [InlineData("claimDomain", "data", "forceDomainClaim", "claimDomainOnly")]
    [InlineData("unverifyDomain", "domain", "removePending")]
    [InlineData("unclaimDomain", "domain")]
    public async Task Any_body_is_refused_and_changes_nothing(string action, params string[] members)
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync("webex.com");
        await host.HoldVerifiedAsync("meraki.com");
        var before = await host.Host.SnapshotAsync();

        foreach (var body in HostileBodies.Of(members))
        {
            var answer = await host.SendAsync(action, body);
            var isEmptyList = answer.Status == 200 && answer.Body == """{"data":[]}""";
            Assert.True(answer.Status is 400 or 404 or 413 || isEmptyList, $"{action} was {answer.Status} for {body}");
            Assert.True(isEmptyList || WebexHost.Error(answer).Status == answer.Status);
        }

        Assert.Equal(before, await host.Host.SnapshotAsync());
    }
}
