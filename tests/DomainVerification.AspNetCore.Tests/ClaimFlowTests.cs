using System.Net;
using DomainVerification.AspNetCore.Tests.Web;
using DomainVerification.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>The endpoints of owners, one after the other, on both stores.</summary>
public sealed class ClaimFlowTests
{
    public static TheoryData<StoreKind> Stores() => [StoreKind.Memory, StoreKind.Sqlite];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_domain_goes_from_request_to_holder_and_back(StoreKind store)
    {
        await using var host = await WebHost.StartAsync(store);
        host.World.Zone("acme.example");

        var requested = await host.SendAsync("POST", "/domains", body: """{"domain":"Acme.Example"}""");
        Assert.Equal(201, requested.Status);
        var claim = requested.Headers["Location"];
        Assert.Equal($"/domains/{requested.Claim.GetProperty("id").GetString()}", claim);
        Assert.Equal("acme.example", requested.Claim.GetProperty("domain").GetString());
        Assert.Equal("pending", requested.Claim.GetProperty("status").GetString());
        var value = requested.Json.GetProperty("instructions").GetProperty("recordValue").GetString();
        Assert.StartsWith("token=", value, StringComparison.Ordinal);

        var again = await host.SendAsync("POST", "/domains", body: """{"domain":"acme.example."}""");
        Assert.Equal((200, claim), (again.Status, again.Headers["Location"]));
        Assert.Equal(requested.Claim.GetRawText(), again.Claim.GetRawText());
        Assert.False(again.Json.GetProperty("changed").GetBoolean());

        await host.PublishAsync(claim);
        var verified = await host.SendAsync("POST", claim + "/verify");
        Assert.Equal((200, "verified"), (verified.Status, StatusOf(verified)));
        Assert.Equal("proved", verified.Json.GetProperty("report").GetProperty("outcome").GetString());

        Assert.Equal("claimed", StatusOf(await host.SendAsync("POST", claim + "/claim")));
        Assert.Equal("still_claimed", (await host.SendAsync("POST", claim + "/unverify")).Code);
        Assert.Equal("still_claimed", (await host.SendAsync("DELETE", claim)).Code);
        Assert.Equal("not_pending", (await host.SendAsync("POST", claim + "/cancel")).Code);
        Assert.Equal("verified", StatusOf(await host.SendAsync("POST", claim + "/unclaim")));
        Assert.Equal("claimed", StatusOf(await host.SendAsync("POST", claim + "/confirm")));
        Assert.Equal("verified", StatusOf(await host.SendAsync("POST", claim + "/unclaim")));
        Assert.Equal("revoked", StatusOf(await host.SendAsync("POST", claim + "/unverify")));
        Assert.Equal((409, "claim_ended"), Refusal(await host.SendAsync("POST", claim + "/verify")));

        var trail = (await host.SendAsync("GET", claim + "/audit")).Json.GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(
            ["requested", "verified", "claimed", "unclaimed", "reverified", "claimed", "unclaimed", "unverified"],
            trail.Select(entry => entry.GetProperty("type").GetString()));
        Assert.All(trail, entry => Assert.Equal("jo", entry.GetProperty("actor").GetProperty("id").GetString()));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_list_is_paged_by_cursor_and_filtered_by_status(StoreKind store)
    {
        await using var host = await WebHost.StartAsync(store);
        for (var i = 0; i < 5; i++)
        {
            await host.RequestAsync($"a{i}.example");
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await host.RequestAsync("other.example", "bob");
        var second = (await host.SendAsync("GET", "/domains/by-domain/a1.example")).Headers["Content-Location"];
        Assert.Equal(204, (await host.SendAsync("DELETE", second)).Status);

        var domains = new List<string?>();
        string? next = null;
        do
        {
            var page = (await host.SendAsync("GET", "/domains?status=pending&limit=3" + (next is null ? "" : $"&after={next}"))).Json;
            domains.AddRange(page.GetProperty("claims").EnumerateArray().Select(claim => claim.GetProperty("domain").GetString()));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null);

        Assert.Equal(["a0.example", "a2.example", "a3.example", "a4.example"], domains);
        var all = await host.SendAsync("GET", "/domains?status=pending&status=canceled");
        Assert.Equal(5, all.Json.GetProperty("claims").GetArrayLength());
    }

    [Fact]
    public async Task A_claim_is_found_by_its_domain_however_it_is_typed()
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("b\u00FCcher.example");

        var found = await host.SendAsync("GET", "/domains/by-domain/B%C3%9CCHER.example");

        Assert.Equal((200, claim), (found.Status, found.Headers["Content-Location"]));
        Assert.Equal("b\u00FCcher.example", found.Json.GetProperty("domainUnicode").GetString());
        Assert.Equal((404, "claim_not_found"), Refusal(await host.SendAsync("GET", "/domains/by-domain/none.example")));
        Assert.Equal((422, "domain_is_single_label"), Refusal(await host.SendAsync("GET", "/domains/by-domain/localhost")));
    }

    [Fact]
    public async Task A_rotated_token_replaces_the_old_one()
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");
        var before = (await host.SendAsync("GET", claim + "/instructions")).Json.GetProperty("recordValue").GetString();

        var rotated = await host.SendAsync("POST", claim + "/rotate-token");

        var after = rotated.Json.GetProperty("instructions").GetProperty("recordValue").GetString();
        Assert.Equal(200, rotated.Status);
        Assert.NotEqual(before, after);
        Assert.Equal(after, (await host.SendAsync("GET", claim + "/instructions")).Json.GetProperty("recordValue").GetString());
        Assert.Equal(2, rotated.Claim.GetProperty("challenge").GetProperty("generation").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_claim_is_proved_by_a_file(StoreKind store)
    {
        await using var web = LoopbackWebServer.Start();
        await using var host = await WebHost.StartAsync(
            store,
            profile: options => options.Methods = [ProofMethod.DnsTxt, ProofMethod.HttpFile],
            configure: (_, sdk) => sdk.RouteFileChecksToLoopbackForTesting(web.HttpPort, web.HttpsPort));
        host.World.Zone("acme.example").Address("@", IPAddress.Parse("9.9.9.9"));

        var requested = await host.SendAsync("POST", "/domains", body: """{"domain":"acme.example","method":"http_file"}""");
        var instructions = requested.Json.GetProperty("instructions");
        var file = instructions.GetProperty("file");
        Assert.Equal("FILE", instructions.GetProperty("recordType").GetString());
        Assert.Equal(instructions.GetProperty("recordName").GetString(), file.GetProperty("url").GetString());
        Assert.Equal(instructions.GetProperty("recordValue").GetString(), file.GetProperty("content").GetString());
        web.Put(
            file.GetProperty("host").GetString()!,
            file.GetProperty("path").GetString()!,
            file.GetProperty("content").GetString()!);
        var verified = await host.SendAsync("POST", requested.Headers["Location"] + "/verify");

        Assert.Equal((200, "verified"), (verified.Status, StatusOf(verified)));
        Assert.Equal("http_file", verified.Claim.GetProperty("challenge").GetProperty("method").GetString());
        Assert.DoesNotContain(file.GetProperty("content").GetString()!, verified.Body, StringComparison.Ordinal);
        Assert.False((await host.SendAsync("POST", "/domains", body: """{"domain":"dns.example"}"""))
            .Json.GetProperty("instructions").TryGetProperty("file", out _));
    }

    [Fact]
    public async Task A_token_that_is_shown_once_is_not_shown_again()
    {
        await using var host = await WebHost.StartAsync(profile: options => options.Token.Disclosure = TokenDisclosure.Once);
        var requested = await host.SendAsync("POST", "/domains", body: """{"domain":"acme.example"}""");
        Assert.True(requested.Json.TryGetProperty("instructions", out _));

        Assert.Equal((410, "token_not_kept"), Refusal(await host.SendAsync("GET", requested.Headers["Location"] + "/instructions")));
        var again = await host.SendAsync("POST", "/domains", body: """{"domain":"acme.example"}""");
        Assert.False(again.Json.TryGetProperty("instructions", out _));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task The_progress_and_the_identities_of_a_holding_are_shown(StoreKind store)
    {
        await using var host = await WebHost.StartAsync(
            store,
            configure: (_, sdk) => sdk.AddIdentityProvisioner<NullIdentityProvisioner>("mail"));
        host.World.Zone("acme.example");
        var (claim, held) = await host.HoldAsync("acme.example");
        Assert.Equal("provisioning", StatusOf(held));

        var progress = (await host.SendAsync("GET", claim + "/provisioning")).Json;
        var step = progress.GetProperty("steps").EnumerateArray().Single(item => item.GetProperty("provisioner").GetString() == "mail");
        Assert.Equal(("provision", "waiting"), (step.GetProperty("kind").GetString(), step.GetProperty("state").GetString()));

        var kept = (await host.Store.ListAsync(new ClaimQuery(), default)).Claims.Single();
        var record = new IdentityRecord("MX", "send.acme.example", "mx.contoso.example", 10);
        var identity = new ProvisionedIdentity { Id = "i-1", Kind = "marketing", Provisioner = "mail", Records = [record] };
        var next = kept with { Version = kept.Version + 1, Identities = [identity] };
        await host.Store.CommitAsync(new ClaimCommit { Claims = [next] }, default);

        Assert.Equal(
            """{"identities":[{"id":"i-1","kind":"marketing","provisioner":"mail","records":[{"type":"MX","name":"send.acme.example","""
            + "\"value\":\"mx.contoso.example\",\"priority\":10}]}]}",
            (await host.SendAsync("GET", claim + "/identities")).Body);
    }

    [Fact]
    public async Task What_the_host_itself_must_publish_is_not_the_customers_to_see()
    {
        await using var host = await WebHost.StartAsync(profile: options => options.DelegationZone = "verify.contoso.example");

        var requested = await host.SendAsync("POST", "/domains", body: """{"domain":"acme.example"}""");

        var claim = (await host.Store.ListAsync(new ClaimQuery(), default)).Claims.Single();
        var manager = host.Services.GetRequiredService<IDomainClaimManager>();
        var secret = (await manager.GetInstructionsAsync(ClaimReference.To(claim))).Instructions!.HostRecord!.RecordValue;
        Assert.Equal("CNAME", requested.Json.GetProperty("instructions").GetProperty("recordType").GetString());
        Assert.DoesNotContain(secret, requested.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_ends_what_does_not_hold_and_may_be_repeated()
    {
        await using var host = await WebHost.StartAsync();
        host.World.Zone("acme.example");
        var pending = await host.RequestAsync("other.example");
        var (held, _) = await host.HoldAsync("acme.example");
        await host.SendAsync("POST", held + "/unclaim");

        Assert.Equal(204, (await host.SendAsync("DELETE", pending)).Status);
        Assert.Equal(204, (await host.SendAsync("DELETE", pending)).Status);
        Assert.Equal(204, (await host.SendAsync("DELETE", held)).Status);
        Assert.Equal("canceled", (await host.SendAsync("GET", pending)).Json.GetProperty("status").GetString());
        Assert.Equal("revoked", (await host.SendAsync("GET", held)).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_group_knows_the_claims_of_its_own_profile_only()
    {
        await using var host = await WebHost.StartAsync(
            configure: (_, sdk) => sdk.AddProfile("sending", options => options.AllowUnlistedSuffixes = true),
            map: app =>
            {
                app.MapDomainVerification("/domains");
                app.MapDomainVerification("/sending/domains", "sending");
            });
        var sending = (await host.SendAsync("POST", "/sending/domains", body: """{"domain":"acme.example"}""")).Headers["Location"];
        var id = sending.Split('/')[^1];

        Assert.StartsWith("/sending/domains/", sending, StringComparison.Ordinal);
        Assert.Equal(200, (await host.SendAsync("GET", sending)).Status);
        (string Method, string Path)[] others =
            [("GET", ""), ("GET", "/instructions"), ("GET", "/audit"), ("POST", "/verify"), ("DELETE", "")];
        foreach (var (method, path) in others)
        {
            Assert.Equal((404, "claim_not_found"), Refusal(await host.SendAsync(method, $"/domains/{id}{path}")));
        }

        Assert.Empty((await host.SendAsync("GET", "/domains")).Json.GetProperty("claims").EnumerateArray());
    }

    private static string? StatusOf(Answer answer) => answer.Claim.GetProperty("status").GetString();

    private static (int, string?) Refusal(Answer answer) => (answer.Status, answer.Code);
}
