using DomainVerification.Vendors.Tests.Hosts;

namespace DomainVerification.Vendors.Tests.IonosDomains;

/// <summary>Bodies and addresses that no honest client sends.</summary>
public sealed class IonosHostileTests
{
    [Fact]
    public async Task Any_body_is_refused_and_changes_nothing()
    {
        await using var host = IonosHost.Start();
        await host.ApproveAsync();
        var before = await host.Host.SnapshotAsync();

        foreach (var body in HostileBodies.Of("domain"))
        {
            var answer = await host.SendAsync("POST", body: body);
            Assert.True(IonosHost.Error(answer).Status is 400 or 413 or 422, $"{answer.Status} for {body}");
        }

        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Theory]
    [InlineData("/%00")]
    [InlineData("/%ff")]
    [InlineData("/..%2f..%2f")]
    [InlineData("/{00000000-0000-0000-0000-000000000000}")]
    [InlineData("/00000000000000000000000000000000")]
    [InlineData("/00000000-0000-0000-0000-000000000000'--")]
    public async Task Any_address_is_refused_and_changes_nothing(string path)
    {
        await using var host = IonosHost.Start();
        await host.ApproveAsync();
        var before = await host.Host.SnapshotAsync();

        foreach (var (method, tail) in new[] { ("GET", ""), ("PUT", "/verify"), ("DELETE", "") })
        {
            Assert.InRange((await host.SendAsync(method, path + tail)).Status, 400, 405);
        }

        Assert.Equal(before, await host.Host.SnapshotAsync());
    }
}
