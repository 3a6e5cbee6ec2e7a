using System.Text.Json;
using DomainVerification.Testing;
using DomainVerification.Vendors.Tests.Seeds;

namespace DomainVerification.Vendors.Tests.Huawei;

/// <summary>The answers of the page "Verifying Domain Name Ownership".</summary>
public sealed class HuaweiVerificationTests
{
    /// <summary>The example of the page, written down by hand.</summary>
    private const string Example = """
        {"domain":"example.com",
         "verify_content":"liveauth_35437cc60f99bc14d6f51528a5496b9d96582828bd506ba74785fdea90c094b2","verify_result":true}
        """;

    [SeedFact(SeedPage.HuaweiLive)]
    public async Task The_examples_of_the_page_are_answered_in_their_own_shape()
    {
        await using var host = HuaweiHost.Start();
        var examples = SeedPage.Examples(SeedPage.HuaweiLive);
        Assert.Equal(3, examples.Count);
        host.Publish(await host.SendAsync(examples[0].GetRawText()));

        var answer = await host.SendAsync(examples[0].GetRawText());
        var error = await host.SendAsync("{}");

        Assert.Equal((200, 400), (answer.Status, error.Status));
        Assert.Empty(JsonShape.Differences(examples[1], answer.Json));
        Assert.Equal(examples[1].GetProperty("domain").GetString(), answer.Json.GetProperty("domain").GetString());
        Assert.Equal(examples[1].GetProperty("verify_result").GetBoolean(), HuaweiHost.Result(answer));
        Assert.Equal(examples[1].GetProperty("verify_content").GetString()!.Length, HuaweiHost.Content(answer).Length);
        Assert.Empty(JsonShape.Differences(examples[2], error.Json));
        Assert.All(
            examples[2].EnumerateObject(),
            member => Assert.Equal(member.Value.GetString(), error.Json.GetProperty(member.Name).GetString()));
    }

    [Fact]
    public async Task An_answer_has_domain_content_and_result()
    {
        await using var host = HuaweiHost.Start();

        var answer = await host.VerifyAsync();

        Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
        Assert.Empty(JsonShape.Differences(JsonDocument.Parse(Example).RootElement, answer.Json));
        Assert.Matches("^liveauth_[0-9a-f]{64}$", HuaweiHost.Content(answer));
    }

    [Fact]
    public async Task The_answer_is_about_the_root_domain()
    {
        await using var host = HuaweiHost.Start();

        foreach (var name in new[] { "pull.example.com", "example.com", "a.b.EXAMPLE.com." })
        {
            Assert.Equal("example.com", (await host.VerifyAsync(name)).Json.GetProperty("domain").GetString());
        }
    }

    [Fact]
    public async Task The_result_is_true_once_the_DNS_record_is_there()
    {
        await using var host = HuaweiHost.Start();
        var before = await host.VerifyAsync();
        Assert.False(HuaweiHost.Result(before));

        host.Publish(before);

        Assert.True(HuaweiHost.Result(await host.VerifyAsync()));
    }

    [Fact]
    public async Task The_result_is_true_once_the_file_is_there()
    {
        await using var host = HuaweiHost.Start();
        var before = await host.VerifyAsync(type: "file");
        Assert.False(HuaweiHost.Result(before));

        host.Put(before);

        Assert.True(HuaweiHost.Result(await host.VerifyAsync(type: "file")));
        Assert.All(host.Web.Requests, request => Assert.Equal(("example.com", "/verification.html"), (request.Host, request.Path)));
    }

    [Fact]
    public async Task A_file_does_not_prove_for_dns_nor_a_record_for_file()
    {
        await using var host = HuaweiHost.Start();
        host.Put(await host.VerifyAsync(type: "file"));
        Assert.False(HuaweiHost.Result(await host.VerifyAsync(type: "dns")));

        await using var other = HuaweiHost.Start();
        other.Publish(await other.VerifyAsync(type: "dns"));
        Assert.False(HuaweiHost.Result(await other.VerifyAsync(type: "file")));
    }

    [Fact]
    public async Task The_content_is_the_record_value_and_the_file_content_alike_and_stays()
    {
        await using var host = HuaweiHost.Start();
        var first = await host.VerifyAsync(type: "dns");

        var others = new[]
        {
            await host.VerifyAsync(type: "file"), await host.VerifyAsync("www.example.com"), await host.VerifyAsync(type: "dns"),
        };

        Assert.All(others, answer => Assert.Equal(HuaweiHost.Content(first), HuaweiHost.Content(answer)));
    }

    [Theory]
    [InlineData("dns")]
    [InlineData("DNS")]
    [InlineData("Dns")]
    [InlineData("file")]
    [InlineData("FILE")]
    [InlineData("File")]
    public async Task The_method_is_read_in_any_case(string type)
    {
        await using var host = HuaweiHost.Start();

        Assert.Equal(200, (await host.VerifyAsync(type: type)).Status);
    }

    [Fact]
    public async Task A_root_that_is_verified_needs_no_proof_for_other_names_below_it()
    {
        await using var host = HuaweiHost.Start();
        host.Publish(await host.VerifyAsync());
        Assert.True(HuaweiHost.Result(await host.VerifyAsync()));
        host.Host.World.Zone("example.com").Remove("verification");

        Assert.True(HuaweiHost.Result(await host.VerifyAsync("push.example.com")));
        Assert.True(HuaweiHost.Result(await host.VerifyAsync(type: "file")));
    }

    [Fact]
    public async Task Another_account_must_verify_the_domain_again_and_can()
    {
        await using var host = HuaweiHost.Start();
        host.Publish(await host.VerifyAsync());
        Assert.True(HuaweiHost.Result(await host.VerifyAsync()));

        var bobs = await host.VerifyAsBobAsync();
        Assert.False(HuaweiHost.Result(bobs));
        Assert.NotEqual(HuaweiHost.Content(await host.VerifyAsync()), HuaweiHost.Content(bobs));
        host.Publish(bobs);

        Assert.True(HuaweiHost.Result(await host.VerifyAsBobAsync()));
        Assert.True(HuaweiHost.Result(await host.VerifyAsync()));
    }

    [Fact]
    public async Task What_could_not_be_looked_for_is_not_confirmed()
    {
        await using var host = HuaweiHost.Start();
        host.Publish(await host.VerifyAsync());
        host.Host.Dns.Faults.Add(DnsFault.ServFail());

        var answer = await host.VerifyAsync();

        Assert.Equal((200, false), (answer.Status, HuaweiHost.Result(answer)));
        host.Host.Dns.Faults.Clear();
    }

    [Fact]
    public async Task The_content_is_derived_and_not_kept()
    {
        await using var host = HuaweiHost.Start();
        var content = HuaweiHost.Content(await host.VerifyAsync());

        var page = await host.Host.Store.ListAsync(new ClaimQuery(), CancellationToken.None);

        Assert.DoesNotContain(
            content["liveauth_".Length..],
            JsonSerializer.Serialize(Assert.Single(page.Claims)),
            StringComparison.Ordinal);
    }
}
