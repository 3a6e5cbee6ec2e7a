using System.Text.Json;
using DomainVerification.Testing;
using static DomainVerification.Vendors.Tests.Migma.MigmaClient;

namespace DomainVerification.Vendors.Tests.Migma;

/// <summary>Each error of the page in its envelope, and that it changes nothing.</summary>
public sealed class MigmaHostErrorTests
{
    [Theory]
    [InlineData("POST", Initiate)]
    [InlineData("POST", Confirm)]
    [InlineData("POST", "/v1/domains")]
    [InlineData("GET", "/v1/domains")]
    [InlineData("GET", "/v1/domains/acme.com")]
    [InlineData("POST", "/v1/domains/acme.com/verify")]
    [InlineData("DELETE", "/v1/domains/acme.com")]
    [InlineData("GET", "/operator/reviews")]
    public async Task Without_an_API_key_or_with_an_unknown_one_every_call_is_401(string method, string path)
    {
        await using var host = Start();

        foreach (var header in new string?[] { null, "Bearer nobody", "Bearer", "Basic a2V5", "key-of-ann" })
        {
            var answer = header is null
                ? await host.SendAsync(method, path)
                : await host.SendAsync(method, path, null, ("Authorization", header));

            Assert.Equal((401, "UNAUTHORIZED", "Bearer"), (answer.Status, answer.Code(), answer.Headers["WWW-Authenticate"]));
            Assert.Equal(["success", "error", "code"], answer.Json.Members());
        }
    }

    [Theory]
    [InlineData("POST", Initiate, AnnReading)]
    [InlineData("POST", Confirm, AnnReading)]
    [InlineData("POST", "/v1/domains", AnnReading)]
    [InlineData("POST", "/v1/domains/acme.com/verify", AnnReading)]
    [InlineData("DELETE", "/v1/domains/acme.com", AnnReading)]
    [InlineData("GET", "/v1/domains", Operator)]
    [InlineData("GET", "/operator/reviews", Ann)]
    public async Task Without_domain_write_a_call_that_changes_something_is_403(string method, string path, string key)
    {
        await using var host = Start();

        var answer = await host.CallAsync(key, method, path, method == "POST" ? """{"domain":"acme.com"}""" : null);

        Assert.Equal((403, "FORBIDDEN"), (answer.Status, answer.Code()));
        Assert.Equal(["success", "error", "code"], answer.Json.Members());
        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task A_key_for_reading_reads()
    {
        await using var host = Start();
        await host.ClaimAsync(Ann);

        Assert.Equal(200, (await host.CallAsync(AnnReading, "GET", "/v1/domains/acme.com")).Status);
    }

    [Fact]
    public async Task Confirm_before_the_record_is_live_is_400_and_says_what_to_publish()
    {
        await using var host = Start();
        await host.ClaimAsync(Ann);
        await host.InitiateAsync(Bob);

        var answer = await host.ConfirmAsync(Bob);

        Assert.Equal((400, "PROOF_NOT_FOUND"), (answer.Status, answer.Code()));
        Assert.Equal(["success", "error", "code", "data"], answer.Json.Members());
        Assert.Contains("_migma.acme.com", answer.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("acme.com", answer.Json.GetProperty("data").GetProperty("domain").GetString());
        Assert.Equal(2, (await host.CallAsync(Ann, "GET", "/v1/domains")).Json.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Confirm_without_initiate_is_400()
    {
        await using var host = Start();
        await host.InitiateAsync(Ann);

        var answer = await host.ConfirmAsync(Bob);

        Assert.Equal((400, "CLAIM_NOT_FOUND"), (answer.Status, answer.Code()));
    }

    [Fact]
    public async Task Confirm_while_DNS_cannot_be_asked_is_503_and_costs_nothing()
    {
        await using var host = Start();
        host.Publish((await host.InitiateAsync(Bob)).Json.GetProperty("data").GetProperty("record"));
        host.Dns.Faults.Add(DnsFault.ServFail());

        var answer = await host.CallAsync(Bob, "POST", Confirm, null, "key-1");

        Assert.Equal((503, "PROOF_INCONCLUSIVE"), (answer.Status, answer.Code()));
        host.Dns.Faults.Clear();
        Assert.Equal(200, (await host.CallAsync(Bob, "POST", Confirm, null, "key-1")).Status);
    }

    [Theory]
    [InlineData("""{"domain":"https://acme.com"}""", "DOMAIN_IS_URL")]
    [InlineData("""{"domain":"co.uk"}""", "DOMAIN_IS_PUBLIC_SUFFIX")]
    [InlineData("""{"domain":""}""", "DOMAIN_EMPTY")]
    [InlineData("""{"domain":null}""", "DOMAIN_EMPTY")]
    [InlineData("{}", "DOMAIN_EMPTY")]
    [InlineData("""{"domain":7}""", "BAD_REQUEST")]
    [InlineData("{", "BAD_REQUEST")]
    [InlineData("null", "BAD_REQUEST")]
    [InlineData("", "BAD_REQUEST")]
    public async Task A_domain_or_a_body_that_is_none_is_400(string body, string code)
    {
        await using var host = Start();

        foreach (var path in new[] { Initiate, "/v1/domains" })
        {
            var answer = await host.CallAsync(Bob, "POST", path, body);

            Assert.Equal((400, code), (answer.Status, answer.Code()));
            Assert.False(answer.Json.GetProperty("success").GetBoolean());
        }

        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task A_domain_of_another_workspace_is_409_DOMAIN_CLAIMABLE_when_added()
    {
        await using var host = Start();
        await host.ClaimAsync(Ann);

        var added = await host.CallAsync(Bob, "POST", "/v1/domains", """{"domain":"acme.com"}""");

        Assert.Equal((409, "DOMAIN_CLAIMABLE"), (added.Status, added.Code()));
        Assert.Equal("acme.com", added.Json.GetProperty("data").GetProperty("domain").GetString());
        Assert.Single((await host.Store.ListAsync(new ClaimQuery(), default)).Claims);
        Assert.Equal(200, (await host.CallAsync(Bob, "POST", "/v1/domains", """{"domain":"other.com"}""")).Status);
    }

    [Fact]
    public async Task Another_workspaces_domain_is_as_unknown_as_one_that_nobody_has()
    {
        await using var host = Start();
        await host.ClaimAsync(Ann);
        var before = await host.SnapshotAsync();

        foreach (var (method, path) in new[] { ("GET", ""), ("POST", "/verify"), ("DELETE", "") })
        {
            var foreign = await host.CallAsync(Bob, method, $"/v1/domains/acme.com{path}");
            var unknown = await host.CallAsync(Bob, method, $"/v1/domains/nobody.com{path}");

            Assert.Equal((404, "CLAIM_NOT_FOUND"), (foreign.Status, foreign.Code()));
            Assert.Equal(unknown.Body.Replace("nobody.com", "acme.com", StringComparison.Ordinal), foreign.Body);
        }

        Assert.Equal(before, await host.SnapshotAsync());
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("PUT", Initiate, 405)]
    public async Task What_is_not_served_is_told_in_the_same_envelope(string method, string path, int status)
    {
        await using var host = Start();

        var answer = await host.CallAsync(Bob, method, path);

        Assert.Equal((status, JsonValueKind.False), (answer.Status, answer.Json.GetProperty("success").ValueKind));
    }

    [Fact]
    public async Task A_body_of_another_type_or_without_an_end_is_refused_in_the_same_envelope()
    {
        await using var host = Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, Initiate) { Content = new StringContent("domain=acme.com") };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Bob}");

        var answer = await host.SendAsync(request);
        var large = await host.CallAsync(Bob, "POST", Initiate, $$"""{"domain":"{{new string('a', 100_000)}}"}""");

        Assert.Equal((415, "UNSUPPORTED_MEDIA_TYPE"), (answer.Status, answer.Code()));
        Assert.Equal((413, JsonValueKind.False), (large.Status, large.Json.GetProperty("success").ValueKind));
        Assert.Empty(await host.SnapshotAsync());
    }
}
