using System.Text.Json;
using DomainVerification.Vendors.Tests.Seeds;
using YamlDotNet.RepresentationModel;
using static DomainVerification.Vendors.Tests.Migma.MigmaClient;

namespace DomainVerification.Vendors.Tests.Migma;

/// <summary>The answers of the host, held against the OpenAPI document of the page itself.</summary>
public sealed class MigmaHostSchemaTests
{
    private const string Path = "/v1/domains/claims/{domain}/verify";

    [SeedFact(SeedPage.Migma)]
    public async Task The_claimed_domain_has_the_documented_schema_and_every_member_of_it()
    {
        var page = OpenApiPage.Read(SeedPage.Migma);
        var check = new SchemaCheck(page);
        await using var host = Start();

        var answer = await host.ClaimAsync(Bob);

        Assert.Equal(200, answer.Status);
        Assert.Empty(check.Faults(page.Answer(Path, "post", "200"), answer.Json));
        var members = Members(page, "SendingDomain").SelectMany(name => new[] { $".data.marketing.{name}", $".data.transactional.{name}" })
            .Concat(Members(page, "DnsRecord").Select(name => $".data.marketing.dnsRecords[].{name}"))
            .Concat(Members(page, "DomainClaimResult").Select(name => $".data.{name}"))
            .Concat(Members(page, "ApiResponse").Select(name => $".{name}"));
        Assert.Empty(members.Except(check.Seen));
        Assert.Equal(page.Text("paths", Path, "post", "responses", "200", "description"), answer.Json.GetProperty("data").GetProperty("message").GetString());
    }

    [SeedFact(SeedPage.Migma)]
    public async Task Every_documented_error_is_answered_with_its_schema()
    {
        var page = OpenApiPage.Read(SeedPage.Migma);
        var check = new SchemaCheck(page);
        await using var host = Start(new Dictionary<string, string> { ["Sending:ann"] = "true" });
        await host.ClaimAsync(Ann);
        await host.InitiateAsync(Bob);
        await host.CallAsync(Bob, "POST", Confirm, """{"a":1}""", "k");

        var answers = new[]
        {
            await host.ConfirmAsync(Bob),
            await host.SendAsync("POST", Confirm),
            await host.CallAsync(AnnReading, "POST", Confirm),
            await host.CallAsync(Bob, "POST", Confirm, """{"a":2}""", "k"),
            await host.ClaimAsync(Bob),
        };

        Assert.Equal([400, 401, 403, 409, 409], answers.Select(answer => answer.Status));
        Assert.Equal(page.Statuses(Path, "post").Where(status => status != "200"), answers.Select(answer => $"{answer.Status}").Distinct());
        Assert.All(answers, answer => Assert.Empty(check.Faults(page.Answer(Path, "post", $"{answer.Status}"), answer.Json)));
        Assert.Equal(["IDEMPOTENCY_CONFLICT", "TRANSFER_IN_REVIEW"], answers[3..].Select(answer => answer.Code()));
        Assert.Empty(Members(page, "ApiError").Select(name => "." + name).Except(check.Seen));
    }

    [SeedFact(SeedPage.Migma)]
    public async Task The_verified_identities_have_the_documented_schema()
    {
        var page = OpenApiPage.Read(SeedPage.Migma);
        var check = new SchemaCheck(page);
        await using var host = Start();
        var claimed = (await host.ClaimAsync(Bob)).Json.GetProperty("data");
        host.PublishRecords(claimed.GetProperty("marketing"));
        host.PublishRecords(claimed.GetProperty("transactional"));

        foreach (var answer in new[]
        {
            await host.CallAsync(Bob, "POST", "/v1/domains/acme.com/verify"),
            await host.CallAsync(Bob, "GET", "/v1/domains/acme.com"),
        })
        {
            Assert.Empty(check.Faults(page.Schema("ApiResponseDomainClaimResult"), answer.Json));
        }

        foreach (var domain in (await host.CallAsync(Bob, "GET", "/v1/domains")).Json.GetProperty("data").EnumerateArray())
        {
            Assert.Empty(check.Faults(page.Schema("SendingDomain"), domain));
        }

        Assert.Empty(check.Faults(page.Schema("DnsRecord"), (await host.InitiateAsync(Ann)).Json.GetProperty("data").GetProperty("record")));
    }

    [SeedFact(SeedPage.Migma)]
    public void The_path_the_key_and_the_security_are_those_of_the_page()
    {
        var page = OpenApiPage.Read(SeedPage.Migma);

        Assert.Equal(Confirm, Path.Replace("{domain}", "acme.com", StringComparison.Ordinal));
        Assert.Equal("Idempotency-Key", page.Text("components", "parameters", "IdempotencyKey", "name"));
        Assert.Equal("100", page.Text("components", "parameters", "IdempotencyKey", "schema", "maxLength"));
        Assert.Equal("Authorization", page.Text("components", "securitySchemes", "apiKeyAuth", "name"));
        Assert.Contains("Requires API key with domain:write", page.Text("paths", Path, "post", "description"), StringComparison.Ordinal);
    }

    [SeedTheory(SeedPage.Migma)]
    [InlineData("""{"success":true}""", 0)]
    [InlineData("""{"success":1}""", 1)]
    [InlineData("""{"error":null}""", 1)]
    [InlineData("""{"success":true,"extra":1}""", 1)]
    [InlineData("""{"success":true,"data":{"marketing":{"status":"odd","createdAt":"soon","verifiedAt":null,"dnsRecords":[{"priority":"10"}]}}}""", 3)]
    public void A_fault_of_an_answer_is_found(string answer, int faults)
    {
        var page = OpenApiPage.Read(SeedPage.Migma);
        var found = new SchemaCheck(page).Faults(
            page.Schema("ApiResponseDomainClaimResult"),
            JsonDocument.Parse(answer).RootElement);

        Assert.True(faults == found.Count, string.Join('\n', found));
    }

    private static IEnumerable<string> Members(OpenApiPage page, string schema) =>
        ((YamlMappingNode)page.Schema(schema).Children["properties"]).Children.Keys.Select(key => ((YamlScalarNode)key).Value!);
}
