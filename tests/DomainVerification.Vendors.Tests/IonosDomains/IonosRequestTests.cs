using System.Text.Json;
using DomainVerification.Vendors.Tests.Hosts;
using DomainVerification.Vendors.Tests.Seeds;

namespace DomainVerification.Vendors.Tests.IonosDomains;

/// <summary>The page "Request Domain Ownership".</summary>
public sealed class IonosRequestTests
{
    [Fact]
    public async Task A_request_is_answered_with_202_and_the_shape_of_the_page()
    {
        await using var host = IonosHost.Start();

        var answer = await host.RequestAsync();

        Assert.Equal((202, "application/json"), (answer.Status, answer.MediaType));
        Assert.Empty(JsonShape.Differences(JsonDocument.Parse(IonosPages.Requested).RootElement, answer.Json));
    }

    [SeedFact(SeedPage.Ionos)]
    public async Task The_example_of_the_page_itself_is_answered_in_its_own_shape()
    {
        await using var host = IonosHost.Start();
        var examples = SeedPage.Examples(SeedPage.Ionos);

        var answer = await host.SendAsync("POST", body: examples[0].GetRawText());

        Assert.Equal(202, answer.Status);
        Assert.Empty(JsonShape.Differences(examples[1], answer.Json));
        foreach (var name in new[] { "domain", "status", "message" })
        {
            var onThePage = examples[1].GetProperty("properties").GetProperty(name).GetString();
            Assert.Equal(onThePage, answer.Json.GetProperty("properties").GetProperty(name).GetString());
        }
    }

    [Fact]
    public async Task The_members_say_what_those_of_the_page_say()
    {
        await using var host = IonosHost.Start();
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        var answer = (await host.RequestAsync()).Json;

        var id = answer.GetProperty("id").GetGuid();
        Assert.Equal(("domain", $"/domain/{id}"), (answer.GetProperty("type").GetString(), answer.GetProperty("href").GetString()));
        var metadata = answer.GetProperty("metadata");
        Assert.InRange(metadata.GetProperty("createdDate").GetDateTimeOffset(), before, DateTimeOffset.UtcNow);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d$", metadata.GetProperty("createdDate").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d$", metadata.GetProperty("lastModifiedDate").GetString());
        foreach (var who in new[] { "createdBy", "lastModifiedBy" })
        {
            Assert.Equal($"ionos:identity:::users/{IonosHost.User}", metadata.GetProperty(who).GetString());
            Assert.Equal(IonosHost.User, metadata.GetProperty(who + "UserId").GetString());
        }

        Assert.Equal($"ionos:identity::123456:domains/{id}", metadata.GetProperty("resourceURN").GetString());
        Assert.Equal("REQUESTED", answer.GetProperty("properties").GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_token_has_52_decimal_digits_and_no_two_are_alike()
    {
        await using var host = IonosHost.Start();

        var tokens = new HashSet<string>();
        foreach (var domain in new[] { "yourcompany.com", "yourcompany.de", "yourcompany.co.uk" })
        {
            var token = (await host.RequestAsync(domain)).Json.GetProperty("properties").GetProperty("token").GetString()!;
            Assert.Matches("^[0-9]{52}$", token);
            tokens.Add(token);
        }

        Assert.Equal(3, tokens.Count);
    }

    [Fact]
    public async Task The_token_is_shown_this_once()
    {
        await using var host = IonosHost.Start();
        var requested = await host.RequestAsync();
        var token = requested.Json.GetProperty("properties").GetProperty("token").GetString()!;
        var id = IonosHost.Id(requested);

        VendorAnswer[] later =
        [
            await host.RequestAsync(), await host.SendAsync("GET"), await host.SendAsync("GET", $"/{id}"),
            await host.SendAsync("PUT", $"/{id}/verify"),
        ];

        Assert.Equal([202, 200, 200, 422], later.Select(answer => answer.Status));
        Assert.All(later, answer => Assert.DoesNotContain(token, answer.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(
            token,
            JsonSerializer.Serialize(await host.Host.Store.FindAsync(ClaimId.Parse(id, null), default)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_lost_the_token_deletes_the_domain_and_requests_it_again()
    {
        await using var host = IonosHost.Start();
        var lost = await host.RequestAsync();
        await host.SendAsync("DELETE", $"/{IonosHost.Id(lost)}");

        var again = await host.RequestAsync();

        Assert.Equal(202, again.Status);
        Assert.NotEqual(IonosHost.Id(lost), IonosHost.Id(again));
        Assert.NotEqual(
            lost.Json.GetProperty("properties").GetProperty("token").GetString(),
            again.Json.GetProperty("properties").GetProperty("token").GetString());
    }

    [Fact]
    public async Task Asking_again_answers_with_the_domain_that_is_there()
    {
        await using var host = IonosHost.Start();
        var first = await host.RequestAsync();

        var again = await host.RequestAsync("YourCompany.com");

        Assert.Equal(202, again.Status);
        Assert.Equal(IonosHost.Id(first), IonosHost.Id(again));
        Assert.False(again.Json.GetProperty("properties").TryGetProperty("token", out _));
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"domain":null}""", 400)]
    [InlineData("""{"domain":7}""", 400)]
    [InlineData("""{"domain":["yourcompany.com"]}""", 400)]
    [InlineData("""["yourcompany.com"]""", 400)]
    [InlineData("null", 400)]
    [InlineData("", 400)]
    [InlineData("{\"domain\":\"yourcompany.com\"", 400)]
    public async Task The_body_must_have_a_domain_which_is_a_string(string body, int status)
    {
        await using var host = IonosHost.Start();

        var answer = await host.SendAsync("POST", body: body);

        Assert.Equal((status, "bad_request"), IonosHost.Error(answer));
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [Theory]
    [InlineData("", "domain_empty")]
    [InlineData("https://yourcompany.com/", "domain_is_url")]
    [InlineData("jo@yourcompany.com", "domain_is_email")]
    [InlineData("co.uk", "domain_is_public_suffix")]
    [InlineData("printer.local", "domain_reserved")]
    public async Task What_is_no_domain_is_refused_with_the_reason(string domain, string code)
    {
        await using var host = IonosHost.Start();

        Assert.Equal((422, code), IonosHost.Error(await host.RequestAsync(domain)));
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task A_domain_that_another_contract_has_approved_is_refused()
    {
        await using var host = IonosHost.Start();
        await host.ApproveAsync(contract: "123456");
        var before = await host.Host.SnapshotAsync();

        Assert.Equal((409, "domain_held"), IonosHost.Error(await host.RequestAsync(contract: "654321")));
        Assert.Equal(before, await host.Host.SnapshotAsync());
    }
}
