using DomainVerification.AspNetCore.Tests.Web;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>Conditional requests (RFC 9110, section 13), on both stores.</summary>
public sealed class ConditionTests
{
    public static TheoryData<StoreKind> Stores() => [StoreKind.Memory, StoreKind.Sqlite];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_change_of_a_state_that_has_passed_is_refused_and_changes_nothing(StoreKind store)
    {
        await using var host = await WebHost.StartAsync(store);
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        var first = (await host.SendAsync("GET", claim)).Headers["ETag"];
        var rotated = await host.SendAsync("POST", claim + "/rotate-token", shape: With("If-Match", first));
        Assert.Equal(200, rotated.Status);
        Assert.NotEqual(first, rotated.Headers["ETag"]);
        Assert.Equal(rotated.Headers["ETag"], (await host.SendAsync("GET", claim)).Headers["ETag"]);
        var before = await host.SnapshotAsync();

        foreach (var (method, path) in AccessTests.OfAClaim.Where(item => item.Method != "GET"))
        {
            var refused = await host.SendAsync(method, claim + path, shape: With("If-Match", first));
            Assert.Equal((412, "precondition_failed"), (refused.Status, refused.Code));
        }

        Assert.Equal(before, await host.SnapshotAsync());
        Assert.Empty(host.Resolver.Queries);
    }

    [Theory]
    [InlineData("{0}", 200)]
    [InlineData("\"other\", {0}", 200)]
    [InlineData("*", 200)]
    [InlineData("W/{0}", 412)]
    [InlineData("\"other\"", 412)]
    [InlineData("no tag at all", 412)]
    public async Task If_Match_is_compared_strongly(string header, int status)
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");
        var tag = (await host.SendAsync("GET", claim)).Headers["ETag"];

        var sent = With("If-Match", header.Replace("{0}", tag, StringComparison.Ordinal));

        var answer = await host.SendAsync("POST", claim + "/cancel", shape: sent);

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("{0}", 304)]
    [InlineData("W/{0}", 304)]
    [InlineData("\"other\", {0}", 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("no tag at all", 200)]
    public async Task If_None_Match_is_compared_weakly(string header, int status)
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");
        var tag = (await host.SendAsync("GET", claim)).Headers["ETag"];
        var sent = With("If-None-Match", header.Replace("{0}", tag, StringComparison.Ordinal));

        foreach (var path in new[] { claim, "/domains/by-domain/acme.example" })
        {
            var answer = await host.SendAsync("GET", path, shape: sent);
            Assert.Equal((status, tag), (answer.Status, answer.Headers["ETag"]));
            Assert.Equal(status == 304, answer.Body.Length == 0);
            Assert.Equal("no-cache, private", string.Join(", ", answer.Headers["Cache-Control"].Split(", ").Order()));
        }
    }

    [Fact]
    public async Task A_tag_is_of_one_claim_only()
    {
        await using var host = await WebHost.StartAsync();
        var first = await host.RequestAsync("acme.example");
        var second = await host.RequestAsync("other.example");

        Assert.NotEqual((await host.SendAsync("GET", first)).Headers["ETag"], (await host.SendAsync("GET", second)).Headers["ETag"]);
    }

    [Fact]
    public async Task A_host_can_require_the_condition()
    {
        await using var host = await WebHost.StartAsync(web: options => options.RequireIfMatch = true);
        var claim = await host.RequestAsync("acme.example");
        var before = await host.SnapshotAsync();

        foreach (var (method, path) in AccessTests.OfAClaim.Where(item => item.Method != "GET"))
        {
            var refused = await host.SendAsync(method, claim + path);
            Assert.Equal((428, "precondition_required"), (refused.Status, refused.Code));
            Assert.Equal(404, (await host.SendAsync(method, $"/domains/{Guid.Empty}{path}")).Status);
        }

        foreach (var decision in new[] { "approve", "reject", "undo" })
        {
            var review = claim.Replace("/domains/", "/reviews/", StringComparison.Ordinal);
            Assert.Equal(428, (await host.ReviewAsync("POST", $"{review}/{decision}")).Status);
        }

        Assert.Equal(before, await host.SnapshotAsync());
        var tag = (await host.SendAsync("GET", claim)).Headers["ETag"];
        Assert.Equal(200, (await host.SendAsync("POST", claim + "/cancel", shape: With("If-Match", tag))).Status);
    }

    private static Action<HttpRequestMessage> With(string header, string value) =>
        request => Assert.True(request.Headers.TryAddWithoutValidation(header, value));
}
