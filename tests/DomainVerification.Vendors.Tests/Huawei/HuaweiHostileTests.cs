using DomainVerification.Vendors.Tests.Hosts;

namespace DomainVerification.Vendors.Tests.Huawei;

/// <summary>Bodies and headers that no honest client sends.</summary>
public sealed class HuaweiHostileTests
{
    [Fact]
    public async Task Any_body_is_refused_and_changes_nothing()
    {
        await using var host = HuaweiHost.Start();
        await host.VerifyAsync();
        var before = await host.Host.SnapshotAsync();

        foreach (var body in HostileBodies.Of("domain", "verify_type"))
        {
            Assert.Equal((400, "LIVE.100011001"), HuaweiHost.Error(await host.SendAsync(body)));
        }

        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Theory]
    [InlineData("SDK-HMAC-SHA256")]
    [InlineData("SDK-HMAC-SHA256 ")]
    [InlineData("SDK-HMAC-SHA256 Access=AK-OF-ANN")]
    [InlineData("SDK-HMAC-SHA256 Access=AK-OF-ANN, SignedHeaders=, Signature=")]
    [InlineData("SDK-HMAC-SHA256 Access=AK-OF-ANN, SignedHeaders=;;;, Signature=0")]
    [InlineData("SDK-HMAC-SHA256 Access=AK-OF-ANN, SignedHeaders=host;x-project-id;x-sdk-date, Signature=00")]
    [InlineData("SDK-HMAC-SHA256 Access=AK-OF-BOB, SignedHeaders=host;x-project-id;x-sdk-date, Signature=00")]
    [InlineData("SDK-HMAC-SHA256 =,=,=")]
    [InlineData("Bearer token-of-ann")]
    [InlineData("Basic YW5uOmFubg==")]
    public async Task Any_Authorization_header_is_refused_and_changes_nothing(string header)
    {
        await using var host = HuaweiHost.Start();

        foreach (var date in new[] { "", "20261129T000000Z", "99999999T999999Z", "now" })
        {
            var answer = await host.Host.SendAsync(
                "POST",
                HuaweiHost.PathOf(HuaweiHost.AnnsProject),
                HuaweiHost.Body("example.com", "dns"),
                ("Authorization", header),
                ("X-Sdk-Date", date),
                ("X-Project-Id", HuaweiHost.AnnsProject));
            Assert.Equal((401, "APIG.0301"), HuaweiHost.Error(answer));
        }

        Assert.Empty(await host.Host.SnapshotAsync());
    }
}
