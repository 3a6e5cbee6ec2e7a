using System.Net.Http.Headers;
using System.Text;
using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>What is refused before anything is looked up, and that it changes nothing.</summary>
public sealed class BoundTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"acme.example\"")]
    [InlineData("{}")]
    [InlineData("""{"domain":null}""")]
    [InlineData("""{"domain":7}""")]
    [InlineData("""{"domain":"acme.example","domain":"other.example"}""")]
    [InlineData("""{"domain":"acme.example","owner":"bob"}""")]
    [InlineData("""{"domain":"acme.example","actor":"bob"}""")]
    [InlineData("""{"domain":"acme.example"} trailing""")]
    [InlineData("""{"domain":"\ud800.example"}""")]
    [InlineData("""{"domain":"acme.example",}""")]
    [InlineData("""{"domain":{"a":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}}""")]
    public async Task A_body_that_is_not_what_was_asked_for_is_malformed(string body)
    {
        await using var host = await WebHost.StartAsync();

        var refused = await host.SendAsync("POST", "/domains", body: body);

        Assert.Equal((400, "body_malformed"), (refused.Status, refused.Code));
        Assert.Empty(await host.SnapshotAsync());
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    [InlineData(null, 415)]
    [InlineData("application/json; charset=\"UTF-8\"", 201)]
    [InlineData("application/vnd.contoso+json", 201)]
    public async Task A_body_is_json_in_utf_8(string? type, int status)
    {
        await using var host = await WebHost.StartAsync();

        var answer = await host.SendAsync("POST", "/domains", shape: request =>
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"domain":"acme.example"}"""));
            request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        });

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 415 ? ("application/problem+json", "media_type_unsupported") : ("application/json", null), Told(answer));
        Assert.Equal(status == 201, (await host.SnapshotAsync()).Length > 0);

        static (string?, string?) Told(Answer answer) => (answer.MediaType, answer.Status == 415 ? answer.Code : null);
    }

    [Fact]
    public async Task A_body_of_another_type_tells_a_stranger_no_more_than_any_other()
    {
        await using var host = await WebHost.StartAsync();

        var answer = await host.SendAsync("POST", "/domains", tenant: null, shape: request =>
            request.Content = new StringContent("domain=acme.example", Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.Equal(401, answer.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_with_and_without_its_length(bool hasLength)
    {
        await using var host = await WebHost.StartAsync(web: options => options.MaximumBodyBytes = 100);
        var exact = """{"domain":"acme.example"}""".PadRight(100);
        Assert.Equal(201, (await host.SendAsync("POST", "/domains", body: exact)).Status);
        var before = await host.SnapshotAsync();

        var refused = await host.SendAsync("POST", "/domains", shape: request =>
        {
            var bytes = Encoding.UTF8.GetBytes("""{"domain":"other.example"}""".PadRight(101));
            request.Content = hasLength ? new ByteArrayContent(bytes) : new Unmeasured(bytes);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        });

        Assert.Equal((413, "body_too_large"), (refused.Status, refused.Code));
        Assert.Equal(before, await host.SnapshotAsync());
    }

    [Theory]
    [InlineData("limit=0", "page_size_invalid")]
    [InlineData("limit=101", "page_size_invalid")]
    [InlineData("limit=-1", "page_size_invalid")]
    [InlineData("limit=", "page_size_invalid")]
    [InlineData("limit=1&limit=2", "page_size_invalid")]
    [InlineData("limit=99999999999999999999", "page_size_invalid")]
    [InlineData("after=x", "cursor_invalid")]
    [InlineData("after=", "cursor_invalid")]
    [InlineData("status=done", "status_unknown")]
    [InlineData("status=Pending", "status_unknown")]
    [InlineData("status=0", "status_unknown")]
    [InlineData("status=pending&status=", "status_unknown")]
    public async Task A_page_that_does_not_exist_is_refused(string query, string code)
    {
        await using var host = await WebHost.StartAsync();

        var refused = await host.SendAsync("GET", "/domains?" + query);

        Assert.Equal((400, code), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("limit=0", "page_size_invalid", 400)]
    [InlineData("after=x", "cursor_invalid", 400)]
    [InlineData("domain=localhost", "domain_is_single_label", 422)]
    public async Task A_page_of_reviews_that_does_not_exist_is_refused(string query, string code, int status)
    {
        await using var host = await WebHost.StartAsync();

        var refused = await host.ReviewAsync("GET", "/reviews?" + query);

        Assert.Equal((status, code), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_profile_that_no_database_could_ask_for_has_no_reviews()
    {
        await using var host = await WebHost.StartAsync(configure: (_, sdk) => sdk.Services.AddSingleton<ITransferReviews>(_ =>
            throw new InvalidOperationException("Nothing is to be looked up.")));

        Assert.Equal((200, """{"reviews":[]}"""), Shown(await host.ReviewAsync("GET", "/reviews?profile=a%00b")));

        static (int, string) Shown(Answer answer) => (answer.Status, answer.Body);
    }

    [Fact]
    public async Task A_method_that_does_not_exist_or_is_not_offered_is_refused()
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");
        var before = await host.SnapshotAsync();

        await RefusedAsync("/domains", """{"domain":"other.example","method":"smoke"}""", 400, "method_unknown");
        await RefusedAsync("/domains", """{"domain":"other.example","method":"1"}""", 400, "method_unknown");
        await RefusedAsync("/domains", """{"domain":"other.example","method":"dns_cname"}""", 422, "method_not_allowed");
        await RefusedAsync(claim + "/rotate-token", """{"method":"smoke"}""", 400, "method_unknown");
        await RefusedAsync(claim + "/rotate-token", """{"method":"dns_cname"}""", 422, "method_not_allowed");
        Assert.Equal(before, await host.SnapshotAsync());

        async Task RefusedAsync(string path, string body, int status, string code)
        {
            var refused = await host.SendAsync("POST", path, body: body);
            Assert.Equal((status, code), (refused.Status, refused.Code));
        }
    }

    [Fact]
    public async Task A_name_of_any_length_is_refused_without_a_look_up()
    {
        await using var host = await WebHost.StartAsync();

        var refused = await host.SendAsync("POST", "/domains", body: $$"""{"domain":"{{new string('a', 5000)}}.example"}""");

        Assert.Equal((422, "domain_too_long"), (refused.Status, refused.Code));
        Assert.True(refused.Body.Length < 1000);
        Assert.Equal((0, ""), (host.Resolver.Queries.Count, await host.SnapshotAsync()));
    }

    /// <summary>A body that is sent without its length.</summary>
    private sealed class Unmeasured(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) =>
            stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
