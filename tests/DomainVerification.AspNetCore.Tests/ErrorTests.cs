using System.Globalization;
using System.Reflection;
using DomainVerification.AspNetCore.Errors.Internal;
using DomainVerification.AspNetCore.Tests.Web;
using DomainVerification.Testing;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>Problem details: the status of each code, and the report of a failed check.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Each_code_has_a_status_and_nothing_else_has()
    {
        Assert.Equal(
            Constants(typeof(DomainVerificationErrorCodes)).Concat(Constants(typeof(DomainVerificationWebErrorCodes))).Order(),
            ErrorStatuses.All.Keys.Order());
    }

    [Fact]
    public void The_docs_show_the_table_as_it_is()
    {
        var rows = File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", "aspnetcore.md"))
            .SkipWhile(line => line != "## Errors")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .SelectMany(cells => cells[2].Split(',').Select(code => (Code: code.Trim(' ', '`'), Status: cells[1].Trim(' ', '`'))))
            .ToDictionary(row => row.Code, row => int.Parse(row.Status, CultureInfo.InvariantCulture));

        Assert.Equal(ErrorStatuses.All.OrderBy(row => row.Key), rows.OrderBy(row => row.Key));
    }

    [Fact]
    public void A_host_can_ask_for_the_status_of_a_code()
    {
        Assert.All(ErrorStatuses.All, row => Assert.Equal(row.Value, DomainVerificationStatusCodes.Of(row.Key)));
        Assert.Equal(409, DomainVerificationStatusCodes.Of("blocked_by_contoso"));
    }

    [Fact]
    public async Task A_problem_has_the_members_of_the_standard_and_the_code()
    {
        await using var host = await WebHost.StartAsync();

        var refused = await host.SendAsync("POST", "/domains", body: """{"domain":"co.uk"}""");

        Assert.Equal("application/problem+json", refused.MediaType);
        Assert.Equal(
            """{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"co.uk is a public suffix, under which anybody """
            + """can register names. Claim a domain below it.","code":"domain_is_public_suffix"}""",
            refused.Body);
        Assert.Equal("no-store", refused.Headers["Cache-Control"]);
        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task A_problem_has_the_type_that_the_host_gives()
    {
        var types = new Uri("https://contoso.example/errors/");
        await using var host = await WebHost.StartAsync(web: options => options.ProblemTypeBase = types);

        var refused = await host.SendAsync("GET", $"/domains/{Guid.Empty}");

        Assert.Equal("https://contoso.example/errors/claim_not_found", refused.Json.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_check_that_finds_nothing_tells_all_that_was_seen_and_when_to_ask_again()
    {
        await using var host = await WebHost.StartAsync();
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        host.World.ZoneOf("acme.example").Txt("_contoso-challenge.acme.example", "token=something-else");

        var refused = await host.SendAsync("POST", claim + "/verify");

        Assert.Equal((422, "proof_not_found"), (refused.Status, refused.Code));
        Assert.True(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture) > 0);
        var report = refused.Json.GetProperty("report");
        Assert.Equal("not_proved", report.GetProperty("outcome").GetString());
        Assert.Equal("value_mismatch", report.GetProperty("code").GetString());
        Assert.False(string.IsNullOrEmpty(report.GetProperty("fix").GetString()));
        Assert.Equal(refused.Claim.GetProperty("nextCheckAt").GetString(), report.GetProperty("nextCheckAt").GetString());
        var observation = report.GetProperty("observations").EnumerateArray().First();
        Assert.Contains("_contoso-challenge.acme.example", observation.GetProperty("question").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(observation.GetProperty("server").GetString()));
        Assert.Equal("answered", observation.GetProperty("answer").GetString());
        Assert.Equal("token=something-else", observation.GetProperty("values")[0].GetProperty("text").GetString());
        Assert.Equal(1, refused.Claim.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task A_check_that_could_not_ask_is_unavailable_and_uses_no_attempt()
    {
        await using var host = await WebHost.StartAsync();
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        host.Resolver.Faults.Add(DnsFault.ServFail());

        var refused = await host.SendAsync("POST", claim + "/confirm");

        Assert.Equal((503, "proof_inconclusive"), (refused.Status, refused.Code));
        Assert.True(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture) > 0);
        Assert.Equal("inconclusive", refused.Json.GetProperty("report").GetProperty("outcome").GetString());
        Assert.Equal(0, refused.Claim.GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task The_token_is_in_the_instructions_and_nowhere_else()
    {
        await using var host = await WebHost.StartAsync();
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        var value = (await host.SendAsync("GET", claim + "/instructions")).Json.GetProperty("recordValue").GetString()!;
        var token = value["token=".Length..value.IndexOf(' ', StringComparison.Ordinal)];
        Assert.True(token.Length >= 16);
        await host.PublishAsync(claim);
        Answer[] answers =
        [
            await host.SendAsync("GET", claim),
            await host.SendAsync("POST", claim + "/verify"),
            await host.SendAsync("POST", claim + "/confirm"),
            await host.SendAsync("POST", claim + "/claim"),
            await host.SendAsync("GET", claim + "/audit"),
            await host.SendAsync("GET", claim + "/provisioning"),
            await host.SendAsync("GET", claim + "/identities"),
            await host.SendAsync("GET", "/domains"),
            await host.SendAsync("GET", "/domains/by-domain/acme.example"),
            await host.SendAsync("POST", claim + "/unverify"),
        ];

        Assert.All(answers, answer => Assert.DoesNotContain(token, answer.Body, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
}
