using System.Text.RegularExpressions;
using DomainVerification.Vendors.Tests.Seeds;

namespace DomainVerification.Vendors.Tests.WebexDomains;

/// <summary>Who may call which address.</summary>
public sealed partial class WebexAccessTests
{
    private static readonly (string Action, string Body)[] Actions =
    [
        ("getDomainVerificationToken", """{"domain":"other.com"}"""),
        ("verifyDomain", """{"domain":"cisco.com","claimDomain":true}"""),
        ("claimDomain", """{"data":[{"domain":"webex.com"}]}"""),
        ("unverifyDomain", """{"domain":"webex.com","removePending":true}"""),
        ("unclaimDomain", """{"domain":"cisco.com"}"""),
    ];

    [SeedFact(SeedPage.Webex)]
    public async Task Every_address_of_the_page_answers_a_POST_and_nothing_else()
    {
        await using var host = WebexHost.Start();
        var paths = Address().Matches(SeedPage.Read(SeedPage.Webex)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.Equal(5, paths.Count);

        foreach (var path in paths.Select(path => path.Replace("{orgId}", WebexHost.Organization, StringComparison.Ordinal)))
        {
            // A body without members tells the five apart from an address that does not exist.
            var post = await host.Host.SendAsync("POST", path, "{}", host.Jwt.Header(WebexHost.Claims()));
            var get = await host.Host.SendAsync("GET", path, null, host.Jwt.Header(WebexHost.Claims()));

            Assert.Equal((400, "bad_request"), WebexHost.Error(post));
            Assert.Equal((405, "method_not_allowed"), WebexHost.Error(get));
        }
    }

    [Fact]
    public async Task The_steps_of_the_page_are_the_flow()
    {
        await using var host = WebexHost.Start();
        var token = (await host.TokenAsync()).Json.GetProperty("token").GetString();
        host.World.Zone("cisco.com").Txt("cisco.com.", $"cisco-ci-domain-verification={token}");

        int[] statuses =
        [
            (await host.VerifyAsync()).Status, (await host.ClaimAsync()).Status,
            (await host.UnclaimAsync()).Status, (await host.UnverifyAsync()).Status,
        ];

        Assert.Equal([200, 200, 204, 200], statuses);
    }

    [Theory]
    [InlineData("identity:organizations_rw")]
    [InlineData("Identity:Organization")]
    [InlineData("spark:people_read identity:organizations_rw spark:kms")]
    public async Task A_token_with_one_of_the_two_scopes_is_let_in(string scope)
    {
        await using var host = WebexHost.Start();

        var answer = await host.Host.SendAsync(
            "POST",
            WebexHost.Path("getDomainVerificationToken"),
            """{"domain":"cisco.com"}""",
            host.Jwt.Header(WebexHost.Claims(scope: scope)));

        Assert.Equal(200, answer.Status);
    }

    public static TheoryData<string, (string Type, string Value)[]> Forbidden() => new()
    {
        { "no scope", [("sub", "jo"), ("org", WebexHost.Organization), ("role", "id_full_admin")] },
        { "a scope to read", WebexHost.Claims(scope: "identity:organizations_read") },
        { "no role", [("sub", "jo"), ("org", WebexHost.Organization), ("scope", WebexHost.Scope)] },
        { "a smaller role", [("sub", "jo"), ("org", WebexHost.Organization), ("role", "id_user_admin"), ("scope", WebexHost.Scope)] },
        { "another organization", WebexHost.Claims(WebexHost.Other) },
        { "no organization", [("sub", "jo"), ("role", "id_full_admin"), ("scope", WebexHost.Scope)] },
        { "two organizations", [.. WebexHost.Claims(), ("org", WebexHost.Other)] },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Others_are_forbidden_and_change_nothing(string who, (string Type, string Value)[] claims)
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync();
        await host.HoldVerifiedAsync("webex.com");
        var before = await host.Host.SnapshotAsync();

        foreach (var (action, body) in Actions)
        {
            var answer = await host.Host.SendAsync("POST", WebexHost.Path(action), body, host.Jwt.Header(claims));
            Assert.True(WebexHost.Error(answer) == (403, "forbidden"), $"{who}: {action} was {answer.Status}.");
        }

        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task Without_a_valid_token_the_answer_is_401()
    {
        await using var host = WebexHost.Start();
        await host.HoldClaimedAsync();
        await host.HoldVerifiedAsync("webex.com");
        var before = await host.Host.SnapshotAsync();

        foreach (var (why, authorization) in host.Jwt.Refused(WebexHost.Claims()))
        {
            foreach (var (action, body) in Actions)
            {
                (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
                var answer = await host.Host.SendAsync("POST", WebexHost.Path(action), body, headers);
                Assert.True(WebexHost.Error(answer) == (401, "unauthorized"), $"{why}: {action} was {answer.Status}.");
            }
        }

        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task An_action_that_does_not_exist_is_404()
    {
        await using var host = WebexHost.Start();

        Assert.Equal((404, "not_found"), WebexHost.Error(await host.SendAsync("sellDomain", "{}")));
    }

    [Fact]
    public async Task A_body_without_a_media_type_or_too_long_is_refused_unread()
    {
        await using var host = WebexHost.Start();
        var bearer = host.Jwt.Header(WebexHost.Claims());
        using var untyped = new HttpRequestMessage(HttpMethod.Post, WebexHost.Path("getDomainVerificationToken"));
        untyped.Content = new ByteArrayContent("""{"domain":"cisco.com"}"""u8.ToArray());
        untyped.Headers.TryAddWithoutValidation(bearer.Name, bearer.Value);

        Assert.Equal((415, "unsupported_media_type"), WebexHost.Error(await host.Host.SendAsync(untyped)));
        Assert.Equal(413, WebexHost.Error(await host.TokenAsync(new string('a', 20_000))).Status);
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [GeneratedRegex(@"https://webexapis\.com(/v1/identity/organizations/\{orgId\}/actions/\w+)")]
    private static partial Regex Address();
}
