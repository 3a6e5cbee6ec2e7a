using System.Globalization;
using System.Text.Json;
using DomainVerification.Testing;
using DomainVerification.Vendors.Tests.Seeds;

namespace DomainVerification.Vendors.Tests.IonosDomains;

/// <summary>The rest of the flow: verify, list, retrieve and delete.</summary>
public sealed class IonosDomainTests
{
    [Fact]
    public async Task Verifying_needs_the_token_in_the_TXT_record_first()
    {
        await using var host = IonosHost.Start();
        var requested = await host.RequestAsync();
        var id = IonosHost.Id(requested);
        host.World.Zone("yourcompany.com").Txt("yourcompany.com.", "v=spf1 -all");

        var early = await host.SendAsync("PUT", $"/{id}/verify");

        Assert.Equal((422, "proof_not_found"), IonosHost.Error(early));
        Assert.Equal("REQUESTED", IonosHost.Status(await host.SendAsync("GET", $"/{id}")));

        host.Publish(requested);
        Assert.Equal("APPROVED", IonosHost.Status(await host.SendAsync("PUT", $"/{id}/verify")));
    }

    [Fact]
    public async Task A_verification_is_answered_with_201_and_the_shape_of_its_page()
    {
        await using var host = IonosHost.Start();
        var requested = await host.RequestAsync();
        host.Publish(requested);

        var answer = await host.SendAsync("PUT", $"/{IonosHost.Id(requested)}/verify");

        Assert.Equal(201, answer.Status);
        Assert.Empty(JsonShape.Differences(JsonDocument.Parse(IonosPages.Verified).RootElement, answer.Json));
        Assert.Equal($"/domains/{IonosHost.Id(requested)}", answer.Json.GetProperty("href").GetString());
        Assert.Equal(123456, answer.Json.GetProperty("metadata").GetProperty("account").GetInt64());
        Assert.Equal("APPROVED", IonosHost.Status(answer));
        Assert.Equal(201, (await host.SendAsync("PUT", $"/{IonosHost.Id(requested)}/verify")).Status);
    }

    [Fact]
    public async Task A_domain_that_DNS_cannot_be_asked_about_stays_as_it_was()
    {
        await using var host = IonosHost.Start();
        var requested = await host.RequestAsync();
        host.Publish(requested);
        host.Host.Dns.Faults.Add(DnsFault.ServFail());

        var answer = await host.SendAsync("PUT", $"/{IonosHost.Id(requested)}/verify");

        Assert.Equal((503, "proof_inconclusive"), IonosHost.Error(answer));
        Assert.Equal("REQUESTED", IonosHost.Status(await host.SendAsync("GET", $"/{IonosHost.Id(requested)}")));
    }

    [Fact]
    public async Task Too_many_verifications_are_429_with_the_seconds_to_wait()
    {
        await using var host = IonosHost.Start(checks: 1);
        var id = IonosHost.Id(await host.RequestAsync());
        host.World.Zone("yourcompany.com");
        await host.SendAsync("PUT", $"/{id}/verify");

        var answer = await host.SendAsync("PUT", $"/{id}/verify");

        Assert.Equal((429, "check_rate_limited"), IonosHost.Error(answer));
        Assert.InRange(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
    }

    [Fact]
    public async Task Nothing_is_approved_but_by_a_call()
    {
        await using var host = IonosHost.Start();
        var id = IonosHost.Id(await host.RequestAsync());
        await host.SendAsync("PUT", $"/{id}/verify");

        var claim = await host.Host.Store.FindAsync(ClaimId.Parse(id, null), default);

        Assert.Equal(claim!.Challenge.ExpiresAt, claim.DueAt);
    }

    [Fact]
    public async Task All_domains_are_a_collection_whose_items_have_no_token()
    {
        await using var host = IonosHost.Start();
        await host.RequestAsync("yourcompany.de");
        var deleted = IonosHost.Id(await host.RequestAsync("yourcompany.fr"));
        await host.SendAsync("DELETE", $"/{deleted}");
        await host.ApproveAsync();

        var answer = await host.SendAsync("GET");

        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        var items = answer.Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(
            ["yourcompany.de", "yourcompany.com"],
            items.Select(item => item.GetProperty("properties").GetProperty("domain").GetString()));
        Assert.Empty(JsonShape.Differences(JsonDocument.Parse(IonosPages.Retrieved).RootElement, items[0]));
        Assert.Empty(JsonShape.Differences(JsonDocument.Parse(IonosPages.Verified).RootElement, items[1]));
        Assert.Equal(answer.Json.GetProperty("id").GetGuid(), (await host.SendAsync("GET")).Json.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_collection_has_the_shape_of_its_page()
    {
        await using var host = IonosHost.Start();
        await host.RequestAsync();

        var answer = await host.SendAsync("GET");

        Assert.Empty(JsonShape.Differences(JsonDocument.Parse(IonosPages.Collection).RootElement, answer.Json));
        Assert.Equal("collection", answer.Json.GetProperty("type").GetString());
        Assert.Equal("/domains", answer.Json.GetProperty("href").GetString());
    }

    [Fact]
    public async Task A_domain_is_retrieved_without_its_token()
    {
        await using var host = IonosHost.Start();
        var id = IonosHost.Id(await host.RequestAsync());

        var answer = await host.SendAsync("GET", $"/{id}");

        Assert.Equal(200, answer.Status);
        Assert.Empty(JsonShape.Differences(JsonDocument.Parse(IonosPages.Retrieved).RootElement, answer.Json));
        Assert.Equal(id, IonosHost.Id(answer));
    }

    [Fact]
    public async Task A_deleted_domain_is_gone()
    {
        await using var host = IonosHost.Start();
        var pending = IonosHost.Id(await host.RequestAsync("yourcompany.de"));
        var approved = await host.ApproveAsync();

        foreach (var id in new[] { pending, approved })
        {
            var deleted = await host.SendAsync("DELETE", $"/{id}");

            Assert.Equal((202, ""), (deleted.Status, deleted.Body));
            Assert.Equal(404, IonosHost.Error(await host.SendAsync("GET", $"/{id}")).Status);
            Assert.Equal(404, IonosHost.Error(await host.SendAsync("DELETE", $"/{id}")).Status);
            Assert.Equal(409, IonosHost.Error(await host.SendAsync("PUT", $"/{id}/verify")).Status);
        }

        Assert.Empty((await host.SendAsync("GET")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Whoever_requests_second_can_verify_only_after_the_first_has_deleted()
    {
        await using var host = IonosHost.Start();
        var second = await host.RequestAsync(contract: "654321");
        var first = await host.ApproveAsync(contract: "123456");
        host.Publish(second);

        var refused = await host.SendAsync("PUT", $"/{IonosHost.Id(second)}/verify", contract: "654321");

        Assert.Equal((409, "domain_held"), IonosHost.Error(refused));
        Assert.Equal("APPROVED", IonosHost.Status(await host.SendAsync("GET", $"/{first}")));

        await host.SendAsync("DELETE", $"/{first}");
        Assert.Equal(201, (await host.SendAsync("PUT", $"/{IonosHost.Id(second)}/verify", contract: "654321")).Status);
    }

    [Fact]
    public async Task An_old_token_proves_nothing()
    {
        await using var host = IonosHost.Start();
        await host.SendAsync("DELETE", $"/{await host.ApproveAsync()}");

        var again = IonosHost.Id(await host.RequestAsync());

        Assert.Equal((422, "proof_not_found"), IonosHost.Error(await host.SendAsync("PUT", $"/{again}/verify")));
    }
}
