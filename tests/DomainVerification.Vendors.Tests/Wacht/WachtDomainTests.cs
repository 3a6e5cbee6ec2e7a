using System.Text.Json;
using System.Text.RegularExpressions;
using DomainVerification.Vendors.Tests.Seeds;
using static DomainVerification.Vendors.Tests.Wacht.WachtHost;

namespace DomainVerification.Vendors.Tests.Wacht;

/// <summary>The whole flow of the page "Add domain", over HTTP, on SQLite and a real name server.</summary>
public sealed partial class WachtDomainTests
{
    [SeedFact(SeedPage.Wacht)]
    public async Task Adding_a_domain_answers_in_the_shape_of_the_page()
    {
        var example = SeedPage.Examples(SeedPage.Wacht)
            .First(json => json.TryGetProperty("status", out var status) && status.GetInt32() == 201);
        await using var host = await StartAsync();

        var answer = await host.AddAsync(domain: "newdomain.com");

        Assert.Equal(201, answer.Status);
        Assert.Empty(JsonShape.Differences(example, answer.Json));
        foreach (var member in new[] { "status", "message", "errors" })
        {
            Assert.Equal(example.GetProperty(member).GetRawText(), answer.Json.GetProperty(member).GetRawText());
        }

        var (expected, data) = (example.GetProperty("data"), answer.Json.GetProperty("data"));
        foreach (var member in new[] { "domain", "is_verified", "verified_at" })
        {
            Assert.Equal(expected.GetProperty("domain").GetProperty(member).GetRawText(), data.GetProperty("domain").GetProperty(member).GetRawText());
        }

        var (wanted, instructions) = (expected.GetProperty("verification_instructions"), data.GetProperty("verification_instructions"));
        Assert.Equal(wanted.GetProperty("instructions").GetString(), instructions.GetProperty("instructions").GetString());
        foreach (var member in new[] { "type", "name" })
        {
            Assert.Equal(wanted.GetProperty("dns_record").GetProperty(member).GetString(), instructions.GetProperty("dns_record").GetProperty(member).GetString());
        }
    }

    [SeedFact(SeedPage.Wacht)]
    public void The_request_of_the_page_is_the_one_that_is_sent_here()
    {
        var page = SeedPage.Read(SeedPage.Wacht);

        Assert.Contains("https://{deploymentHost}/organizations/{id}/domains", page, StringComparison.Ordinal);
        Assert.Contains("curl --request POST", page, StringComparison.Ordinal);
        Assert.Contains("""'{ "domain": "<string>" }'""", Space().Replace(page, " "), StringComparison.Ordinal);
        Assert.Contains("organization admin or manage permissions", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adding_a_domain_is_201_with_the_record_to_publish()
    {
        await using var host = await StartAsync();

        var answer = await host.AddAsync();

        Assert.Equal((201, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal(["status", "message", "data", "session", "errors"], Members(answer.Json));
        Assert.Equal((201, "", "[]"), (
            answer.Json.GetProperty("status").GetInt32(),
            answer.Json.GetProperty("message").GetString(),
            answer.Json.GetProperty("errors").GetRawText()));
        var data = answer.Json.GetProperty("data");
        Assert.Equal(["domain", "verification_instructions"], Members(data));
        var domain = data.GetProperty("domain");
        Assert.Equal(["id", "domain", "is_verified", "verification_token", "verified_at", "created_at"], Members(domain));
        Assert.Matches("^domain_[0-9a-f]{32}$", domain.GetProperty("id").GetString());
        Assert.Equal(("acme.com", false, JsonValueKind.Null), (
            domain.GetProperty("domain").GetString(),
            domain.GetProperty("is_verified").GetBoolean(),
            domain.GetProperty("verified_at").ValueKind));
        var token = domain.GetProperty("verification_token").GetString()!;
        Assert.Matches("^wacht_verify_[a-z2-7]{32}$", token);
        var record = data.GetProperty("verification_instructions").GetProperty("dns_record");
        Assert.Equal(
            $$"""{"type":"TXT","name":"_wacht_verification","value":"{{token}}"}""",
            record.GetRawText());
        Assert.EndsWith("Z", domain.GetProperty("created_at").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_has_the_session()
    {
        await using var host = await StartAsync();

        var session = (await host.AddAsync()).Json.GetProperty("session");

        Assert.Equal(["signin_attempts", "signins", "signup_attempts", "active_signin"], Members(session));
        Assert.Equal(("[]", "[]"), (session.GetProperty("signin_attempts").GetRawText(), session.GetProperty("signup_attempts").GetRawText()));
        var signin = session.GetProperty("active_signin");
        Assert.Equal(["id", "user_id", "created_at"], Members(signin));
        Assert.Equal("user_ann", signin.GetProperty("user_id").GetString());
        Assert.Equal($"[{signin.GetRawText()}]", session.GetProperty("signins").GetRawText());
        Assert.Equal(session.GetRawText(), (await host.SendAsync(host.Ann, "GET", Acme)).Json.GetProperty("session").GetRawText());
    }

    [Fact]
    public async Task A_published_record_verifies_the_domain()
    {
        await using var host = await StartAsync();
        var added = await host.AddAsync();
        host.Publish(added);

        var verified = await host.VerifyAsync(added);

        Assert.Equal((200, "", "[]"), (
            verified.Status,
            verified.Json.GetProperty("message").GetString(),
            verified.Json.GetProperty("errors").GetRawText()));
        var domain = Domain(verified);
        Assert.Equal(Id(added), Id(verified));
        Assert.True(domain.GetProperty("is_verified").GetBoolean());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.String), (
            domain.GetProperty("verification_token").ValueKind, domain.GetProperty("verified_at").ValueKind));
        Assert.Equal(verified.Body, (await host.VerifyAsync(added)).Body);
    }

    [Fact]
    public async Task A_name_below_a_domain_is_verified_at_its_own_record()
    {
        await using var host = await StartAsync();

        var added = await host.AddAsync(domain: "staging.acme.com");
        host.Publish(added);

        Assert.Equal("staging.acme.com", Domain(added).GetProperty("domain").GetString());
        Assert.Equal(200, (await host.VerifyAsync(added)).Status);
        Assert.Contains("_wacht_verification.staging", added.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_has_verified_and_unverified_domains()
    {
        await using var host = await StartAsync();
        var verified = await host.VerifiedAsync();
        var added = await host.AddAsync(domain: "other.com");

        var listed = await host.SendAsync(host.Mia, "GET", Acme);

        Assert.Equal(200, listed.Status);
        Assert.Equal(
            $"[{Domain(verified).GetRawText()},{Domain(added).GetRawText()}]",
            listed.Json.GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/delete")]
    public async Task A_deleted_domain_is_gone_and_anybody_can_add_it(string method, string suffix)
    {
        await using var host = await StartAsync();
        var verified = await host.VerifiedAsync();

        var deleted = await host.SendAsync(host.Ann, method, $"{Acme}/{Id(verified)}{suffix}");

        Assert.Equal((200, JsonValueKind.Null), (deleted.Status, deleted.Json.GetProperty("data").ValueKind));
        Assert.Equal("[]", (await host.SendAsync(host.Ann, "GET", Acme)).Json.GetProperty("data").GetRawText());
        Assert.Equal((404, "NOT_FOUND"), Error(await host.SendAsync(host.Ann, method, $"{Acme}/{Id(verified)}{suffix}")));
        Assert.Equal(201, (await host.AddAsync(host.Bob, domains: Other)).Status);
    }

    [Fact]
    public async Task An_unverified_domain_keeps_nobody_out_and_a_verified_one_does()
    {
        await using var host = await StartAsync();
        var squatter = await host.AddAsync(host.Bob, domains: Other);

        var verified = await host.VerifiedAsync();

        Assert.Equal(200, verified.Status);
        Assert.Equal((409, "DOMAIN_HELD"), Error(await host.VerifyAsync(squatter, host.Bob, Other)));
        await host.SendAsync(host.Bob, "DELETE", $"{Other}/{Id(squatter)}");
        Assert.Equal((409, "DOMAIN_HELD"), Error(await host.AddAsync(host.Bob, domains: Other)));
    }

    private static string[] Members(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
