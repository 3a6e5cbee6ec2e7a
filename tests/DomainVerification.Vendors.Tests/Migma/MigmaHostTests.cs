using System.Text.Json;
using DomainVerification.Vendors.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Migma;
using static DomainVerification.Vendors.Tests.Migma.MigmaClient;

namespace DomainVerification.Vendors.Tests.Migma;

/// <summary>The whole flow of the page "Confirm Domain Claim", over HTTP, on SQLite and a real name server.</summary>
public sealed class MigmaHostTests
{
    private static readonly string[] SendingDomain =
    [
        "_id", "domain", "region", "regionName", "status", "dkimStatus", "mailFromDomain", "mailFromStatus", "dnsRecords",
        "ownershipVerified", "openTracking", "clickTracking", "brandedTracking", "createdAt", "verifiedAt", "isManagedDomain",
    ];

    [Fact]
    public async Task Initiate_answers_the_TXT_record_at_the_label_below_the_root_domain()
    {
        await using var host = Start();

        var answer = await host.InitiateAsync(Bob, "send.acme.com");

        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal(["success", "data", "error"], answer.Json.Members());
        Assert.True(answer.Json.GetProperty("success").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("error").ValueKind);
        var data = answer.Json.GetProperty("data");
        Assert.Equal(["message", "rootDomain", "record"], data.Members());
        Assert.Equal("acme.com", data.GetProperty("rootDomain").GetString());
        var record = data.GetProperty("record");
        Assert.Equal(["type", "name", "value", "status"], record.Members());
        Assert.Equal(
            ("TXT", "_migma.acme.com", "pending"),
            (record.GetProperty("type").GetString(), record.GetProperty("name").GetString(), record.GetProperty("status").GetString()));
        Assert.StartsWith("migma-domain-verification=", record.GetProperty("value").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initiating_again_answers_the_same_record()
    {
        await using var host = Start();

        Assert.Equal((await host.InitiateAsync(Bob)).Body, (await host.InitiateAsync(Bob, "send.acme.com")).Body);
    }

    [Fact]
    public async Task Confirm_answers_both_identities_at_once()
    {
        await using var host = Start();

        var answer = await host.ClaimAsync(Bob);

        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal(["success", "data", "error"], answer.Json.Members());
        var data = answer.Json.GetProperty("data");
        Assert.Equal(["message", "marketing", "transactional"], data.Members());
        Assert.Equal(
            "Domain claimed and fresh identities provisioned. Add the DNS records for both identities, then verify them.",
            data.GetProperty("message").GetString());
        foreach (var (stream, mailFrom) in new[] { ("marketing", "send.acme.com"), ("transactional", "notify.acme.com") })
        {
            var identity = data.GetProperty(stream);
            Assert.Equal(SendingDomain, identity.Members());
            Assert.Equal(
                ("acme.com", "us-east-1", "US East (N. Virginia)", "pending", "NOT_STARTED", mailFrom, "PENDING"),
                (Text(identity, "domain"), Text(identity, "region"), Text(identity, "regionName"), Text(identity, "status"),
                    Text(identity, "dkimStatus"), Text(identity, "mailFromDomain"), Text(identity, "mailFromStatus")));
            Assert.True(identity.GetProperty("ownershipVerified").GetBoolean());
            Assert.False(identity.GetProperty("isManagedDomain").GetBoolean());
            Assert.Equal(JsonValueKind.Null, identity.GetProperty("verifiedAt").ValueKind);
            var mx = identity.GetProperty("dnsRecords").EnumerateArray().Single(record => Text(record, "type") == "MX");
            Assert.Equal(["type", "name", "value", "priority", "status"], mx.Members());
            Assert.Equal((mailFrom, 10, "pending"), (Text(mx, "name"), mx.GetProperty("priority").GetInt32(), Text(mx, "status")));
        }
    }

    [Fact]
    public async Task Confirm_releases_the_domain_from_its_current_owner_and_the_identities_are_fresh()
    {
        await using var host = Start();
        var ann = await host.ClaimAsync(Ann);

        var bob = await host.ClaimAsync(Bob);

        Assert.Equal((200, 200), (ann.Status, bob.Status));
        Assert.Empty(Ids(ann).Intersect(Ids(bob)));
        Assert.Empty(Keys(ann).Intersect(Keys(bob)));
        Assert.Equal("[]", (await host.CallAsync(Ann, "GET", "/v1/domains")).Json.GetProperty("data").GetRawText());
        Assert.Equal(2, (await host.CallAsync(Bob, "GET", "/v1/domains")).Json.GetProperty("data").GetArrayLength());
        var claims = (await host.Store.ListAsync(new ClaimQuery(), default)).Claims;
        Assert.Equal(
            [("ann", ClaimStatus.Released), ("bob", ClaimStatus.Claimed)],
            claims.Select(claim => (claim.Owner, claim.Status)));
    }

    [Fact]
    public async Task Add_the_records_of_both_identities_then_verify_them()
    {
        await using var host = Start();
        var claimed = (await host.ClaimAsync(Bob)).Json.GetProperty("data");
        host.PublishRecords(claimed.GetProperty("marketing"));

        var half = await host.CallAsync(Bob, "POST", "/v1/domains/acme.com/verify");
        host.PublishRecords(claimed.GetProperty("transactional"));
        var whole = await host.CallAsync(Bob, "POST", "/v1/domains/acme.com/verify");

        Assert.Equal((200, "verified", "verifying"), (half.Status, Stream(half, "marketing"), Stream(half, "transactional")));
        Assert.Equal((200, "verified", "verified"), (whole.Status, Stream(whole, "marketing"), Stream(whole, "transactional")));
        var identity = whole.Json.GetProperty("data").GetProperty("transactional");
        Assert.Equal(("SUCCESS", "SUCCESS"), (Text(identity, "dkimStatus"), Text(identity, "mailFromStatus")));
        Assert.Equal(JsonValueKind.String, identity.GetProperty("verifiedAt").ValueKind);
        Assert.Equal(whole.Json.GetProperty("data").GetProperty("marketing").GetRawText(), (await ReadAsync(host)).GetProperty("marketing").GetRawText());

        static string? Stream(VendorAnswer answer, string name) => Text(answer.Json.GetProperty("data").GetProperty(name), "status");
    }

    [Fact]
    public async Task Reading_a_domain_before_it_is_claimed_answers_the_record_to_publish()
    {
        await using var host = Start();
        var initiated = await host.InitiateAsync(Bob);

        Assert.Equal(initiated.Body, (await host.CallAsync(Bob, "GET", "/v1/domains/acme.com")).Body);
    }

    [Fact]
    public async Task Deleting_a_domain_ends_the_claim_and_its_identities()
    {
        await using var host = Start();
        await host.ClaimAsync(Bob);

        var deleted = await host.CallAsync(Bob, "DELETE", "/v1/domains/acme.com");

        Assert.Equal(
            (200, """{"success":true,"data":{"domain":"acme.com","deleted":true},"error":null}"""),
            (deleted.Status, deleted.Body));
        Assert.Equal("[]", (await host.CallAsync(Bob, "GET", "/v1/domains")).Json.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Domains_that_are_actively_sending_wait_for_a_review_and_go_on_when_it_is_approved()
    {
        await using var host = Start(new Dictionary<string, string> { ["Sending:ann"] = "true" });
        await host.ClaimAsync(Ann);

        var held = await host.ClaimAsync(Bob);

        Assert.Equal((409, "TRANSFER_IN_REVIEW", false), (held.Status, held.Code(), held.Json.GetProperty("success").GetBoolean()));
        Assert.Equal("acme.com", Text(held.Json.GetProperty("data"), "domain"));
        Assert.Equal((409, "TRANSFER_IN_REVIEW"), await CodeAsync(host.ConfirmAsync(Bob)));
        Assert.Equal(2, (await host.CallAsync(Ann, "GET", "/v1/domains")).Json.GetProperty("data").GetArrayLength());
        var review = (await host.CallAsync(Operator, "GET", "/operator/reviews")).Json.GetProperty("reviews")[0];
        var approved = await host.CallAsync(Operator, "POST", $"/operator/reviews/{ClaimOf(review)}/approve", """{"reason":"The sale is documented."}""");
        Assert.Equal(200, approved.Status);
        Assert.Equal(200, (await host.ConfirmAsync(Bob)).Status);
        Assert.Equal("[]", (await host.CallAsync(Ann, "GET", "/v1/domains")).Json.GetProperty("data").GetRawText());

        static string ClaimOf(JsonElement review) => review.GetProperty("claim").GetString()!;
    }

    [Fact]
    public async Task Confirming_again_answers_the_same_and_makes_nothing_new()
    {
        await using var host = Start();
        var first = await host.ClaimAsync(Bob);

        Assert.Equal(first.Body, (await host.ConfirmAsync(Bob)).Body);
    }

    [Fact]
    public async Task A_claim_outlives_its_host()
    {
        await using var host = Start();
        var claimed = (await host.ClaimAsync(Bob)).Json.GetProperty("data");
        var dns = host.Dns.Endpoint.ToString();

        await using var second = VendorHost<SentMail>.Start(
            new Dictionary<string, string>
            {
                ["ConnectionStrings:Claims"] = host.Services.GetRequiredService<IConfiguration>().GetConnectionString("Claims")!,
            },
            nameserver: dns);

        var read = (await second.CallAsync(Bob, "GET", "/v1/domains/acme.com")).Json.GetProperty("data");
        Assert.Equal(claimed.GetProperty("marketing").GetRawText(), read.GetProperty("marketing").GetRawText());
    }

    private static async Task<JsonElement> ReadAsync(VendorHost<SentMail> host) =>
        (await host.CallAsync(Bob, "GET", "/v1/domains/acme.com")).Json.GetProperty("data");

    private static async Task<(int Status, string? Code)> CodeAsync(Task<VendorAnswer> call)
    {
        var answer = await call;
        return (answer.Status, answer.Code());
    }

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();

    private static IEnumerable<string?> Ids(VendorAnswer confirmed) => Both(confirmed).Select(identity => Text(identity, "_id"));

    private static IEnumerable<string?> Keys(VendorAnswer confirmed) => Both(confirmed)
        .SelectMany(identity => identity.GetProperty("dnsRecords").EnumerateArray())
        .Where(record => Text(record, "name")!.Contains("._domainkey.", StringComparison.Ordinal))
        .Select(record => Text(record, "value"));

    private static JsonElement[] Both(VendorAnswer confirmed)
    {
        var data = confirmed.Json.GetProperty("data");
        return [data.GetProperty("marketing"), data.GetProperty("transactional")];
    }
}
