using DomainVerification.Testing;
using static DomainVerification.Vendors.Tests.Wacht.WachtHost;

namespace DomainVerification.Vendors.Tests.Wacht;

/// <summary>Sessions, roles and errors, and that a refused request changes nothing.</summary>
public sealed class WachtErrorTests
{
    private static readonly string Nothing = $"{Acme}/domain_{Guid.Empty:N}";

    [Fact]
    public async Task The_session_is_an_http_only_secure_cookie()
    {
        await using var host = await StartAsync();

        var signedIn = await host.SignInAsync("ann@acme.com", "password-of-ann");

        Assert.Equal(200, signedIn.Status);
        var cookie = signedIn.Headers["Set-Cookie"].Split("; ");
        Assert.StartsWith("__session=", cookie[0], StringComparison.Ordinal);
        Assert.Subset(cookie.ToHashSet(), new HashSet<string> { "httponly", "secure" });
    }

    [Theory]
    [InlineData("ann@acme.com", "password-of-bob")]
    [InlineData("ann@acme.com", "")]
    [InlineData("nobody@acme.com", "password-of-ann")]
    public async Task Wrong_credentials_are_401(string email, string password)
    {
        await using var host = await StartAsync();

        var answer = await host.SignInAsync(email, password);

        Assert.Equal((401, "INVALID_CREDENTIALS"), Error(answer));
        Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task Without_a_session_every_call_is_401()
    {
        await using var host = await StartAsync();

        foreach (var (method, path) in Calls())
        {
            foreach (var cookie in new[] { null, "__session=", "__session=nothing", host.Ann[..^4] + "AAAA" })
            {
                var answer = await host.SendAsync(cookie, method, path, Body(method));

                Assert.Equal((401, "UNAUTHORIZED"), Error(answer));
                Assert.Equal("null", answer.Json.GetProperty("session").GetProperty("active_signin").GetRawText());
            }
        }

        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task A_member_without_the_permission_reads_and_everything_else_is_403()
    {
        await using var host = await StartAsync();
        await host.AddAsync();
        var before = await host.SnapshotAsync();

        foreach (var (method, path) in Calls().Where(call => call.Method != "GET"))
        {
            Assert.Equal((403, "FORBIDDEN"), Error(await host.SendAsync(host.Mia, method, path, Body(method))));
        }

        Assert.Equal(200, (await host.SendAsync(host.Mia, "GET", Acme)).Status);
        Assert.Equal(before, await host.SnapshotAsync());
    }

    [Fact]
    public async Task Another_organization_is_403_and_its_domains_are_unknown()
    {
        await using var host = await StartAsync();
        var added = await host.AddAsync();
        var before = await host.SnapshotAsync();

        foreach (var (method, path) in Calls())
        {
            Assert.Equal((403, "FORBIDDEN"), Error(await host.SendAsync(host.Bob, method, path, Body(method))));
        }

        Assert.Equal((404, "CLAIM_NOT_FOUND"), Error(await host.VerifyAsync(added, host.Bob, Other)));
        Assert.Equal((404, "CLAIM_NOT_FOUND"), Error(await host.SendAsync(host.Bob, "DELETE", $"{Other}/{Id(added)}")));
        Assert.Equal(before, await host.SnapshotAsync());
    }

    [Fact]
    public async Task Who_may_manage_adds_too()
    {
        await using var host = await StartAsync();

        Assert.Equal(201, (await host.AddAsync(host.Bob, domains: Other)).Status);
    }

    [Fact]
    public async Task Verifying_before_the_record_is_published_is_400_and_says_why()
    {
        await using var host = await StartAsync();
        var added = await host.AddAsync();

        var answer = await host.VerifyAsync(added);

        Assert.Equal((400, "PROOF_NOT_FOUND"), Error(answer));
        Assert.Contains("_wacht_verification.acme.com", answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
        host.Publish(added);
        Assert.Equal(200, (await host.VerifyAsync(added)).Status);
    }

    [Fact]
    public async Task Verifying_while_DNS_cannot_be_asked_is_503_and_costs_nothing()
    {
        await using var host = await StartAsync();
        var added = await host.AddAsync();
        host.Publish(added);
        host.Faults.Add(DnsFault.ServFail());

        Assert.Equal((503, "PROOF_INCONCLUSIVE"), Error(await host.VerifyAsync(added)));
        host.Faults.Clear();
        Assert.Equal(200, (await host.VerifyAsync(added)).Status);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("domain_")]
    [InlineData("domain_00000000000000000000000000000000")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("domain_%C3%A9")]
    public async Task An_unknown_domain_is_404(string id)
    {
        await using var host = await StartAsync();

        Assert.Equal((404, "CLAIM_NOT_FOUND"), Error(await host.SendAsync(host.Ann, "POST", $"{Acme}/{id}/verify")));
        Assert.Equal((404, "CLAIM_NOT_FOUND"), Error(await host.SendAsync(host.Ann, "DELETE", $"{Acme}/{id}")));
    }

    [Fact]
    public async Task Adding_a_domain_twice_is_409()
    {
        await using var host = await StartAsync();
        await host.AddAsync();
        var before = await host.SnapshotAsync();

        Assert.Equal((409, "DOMAIN_ALREADY_EXISTS"), Error(await host.AddAsync(domain: "ACME.com")));
        Assert.Equal(before, await host.SnapshotAsync());
    }

    [Theory]
    [InlineData("""{"domain":"https://acme.com"}""", "DOMAIN_IS_URL")]
    [InlineData("""{"domain":"co.uk"}""", "DOMAIN_IS_PUBLIC_SUFFIX")]
    [InlineData("""{"domain":""}""", "DOMAIN_EMPTY")]
    [InlineData("""{"domain":null}""", "DOMAIN_EMPTY")]
    [InlineData("{}", "DOMAIN_EMPTY")]
    [InlineData("""{"domain":["acme.com"]}""", "BAD_REQUEST")]
    [InlineData("""{"domain":"\ud800"}""", "BAD_REQUEST")]
    [InlineData("{", "BAD_REQUEST")]
    [InlineData("null", "BAD_REQUEST")]
    [InlineData("", "BAD_REQUEST")]
    public async Task A_domain_or_a_body_that_is_none_is_400(string body, string code)
    {
        await using var host = await StartAsync();

        Assert.Equal((400, code), Error(await host.SendAsync(host.Ann, "POST", Acme, body)));
        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task What_is_not_served_is_told_in_the_same_envelope()
    {
        await using var host = await StartAsync();
        using var form = new HttpRequestMessage(HttpMethod.Post, Acme) { Content = new StringContent("domain=acme.com") };
        form.Headers.TryAddWithoutValidation("Cookie", host.Ann);

        Assert.Equal((404, "NOT_FOUND"), Error(await host.SendAsync(host.Ann, "GET", "/nothing")));
        Assert.Equal((405, "METHOD_NOT_ALLOWED"), Error(await host.SendAsync(host.Ann, "PUT", Acme)));
        Assert.Equal((415, "UNSUPPORTED_MEDIA_TYPE"), Error(await host.SendAsync(form)));
        Assert.Equal(413, Error(await host.SendAsync(host.Ann, "POST", Acme, $$"""{"domain":"{{new string('a', 100_000)}}"}""")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_the_browser()
    {
        await using var host = await StartAsync();

        var answer = await host.SendAsync(host.Ann, "POST", "/auth/signout");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("__session=;", answer.Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    private static (string Method, string Path)[] Calls() =>
    [
        ("GET", Acme), ("POST", Acme), ("POST", $"{Nothing}/verify"), ("DELETE", Nothing), ("POST", $"{Nothing}/delete"),
    ];

    private static string? Body(string method) => method == "POST" ? """{"domain":"acme.com"}""" : null;
}
