using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>
/// Each rule of the draft "The Idempotency-Key HTTP Header Field", as a client sees it.
/// </summary>
public sealed class StandardRulesTests
{
    private int _runs;

    [Theory]
    [InlineData("\"8e03978e-40d5\"", "8e03978e-40d5")]
    [InlineData("\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"")]
    public async Task I01_A_quoted_string_and_the_bare_token_are_the_same_key(string first, string second)
    {
        await using var host = await StartAsync();

        var ran = await host.SendAsync("/orders/1", first);
        var again = await host.SendAsync("/orders/1", second);

        Assert.Equal((201, false, 201, true), (ran.Status, ran.IsReplayed, again.Status, again.IsReplayed));
        Assert.Equal(ran.Body, again.Body);
        Assert.Equal(1, _runs);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"")]
    [InlineData("\"open")]
    [InlineData("\"a\"b\"")]
    [InlineData("\"a\\\\\"b\"")]
    [InlineData("\"a\\b\"")]
    [InlineData("\"a\";p=1")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a\"b")]
    [InlineData("\"a b\"")]
    [InlineData("käse")]
    public async Task I01_What_is_neither_is_refused(string key)
    {
        await using var host = await StartAsync();

        var reply = await host.SendAsync("/orders/1", key);

        Assert.Equal((400, IdempotencyErrorCodes.KeyInvalid), (reply.Status, reply.Code));
        Assert.Equal((0, 0), (_runs, host.Store.Begins));
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    [InlineData(5000, 400)]
    public async Task I02_A_key_has_1_to_255_visible_characters(int length, int status)
    {
        await using var host = await StartAsync();

        var bare = await host.SendAsync("/orders/1", new string('~', length));
        var quoted = await host.SendAsync("/orders/2", $"\"{new string('\\', 2 * length)}\"");

        Assert.Equal((status, status), (bare.Status, quoted.Status));
        Assert.Equal(status == 201 ? null : IdempotencyErrorCodes.KeyTooLong, bare.Code);
    }

    [Fact]
    public async Task I02_A_key_that_is_sent_twice_is_refused()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders/1");
        request.Headers.Add("X-User", "ann");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", ["a", "b"]);

        var reply = await Reply.OfAsync(await host.Client.SendAsync(request));

        Assert.Equal((400, IdempotencyErrorCodes.KeyInvalid), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task I03_A_key_is_remembered_for_24_hours()
    {
        await using var host = await StartAsync();
        await host.SendAsync("/orders/1", "k");

        host.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        var within = await host.SendAsync("/orders/1", "k");
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        var after = await host.SendAsync("/orders/1", "k");

        Assert.Equal((true, false, 2), (within.IsReplayed, after.IsReplayed, _runs));
    }

    [Fact]
    public async Task I03_The_policy_is_linked_where_the_host_says_where_it_is()
    {
        await using var host = await StartAsync(IdempotencyOptions.Draft() with { Documentation = new Uri("https://acme.com/keys") });

        var reply = await host.SendAsync("/orders/1", null);

        Assert.Equal("<https://acme.com/keys>; rel=\"help\"", reply.Headers["Link"]);
        Assert.Contains("\"documentation\":\"https://acme.com/keys\"", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/orders/1", "{\"a\":1,\"b\":[1,2]}", " {\n\"b\" : [ 1, 2 ], \"\\u0061\": 1 }", true)]
    [InlineData("/orders/1", "{\"a\":1}", "{\"a\":2}", false)]
    [InlineData("/orders/1", "{\"a\":1}", "{\"a\":1.0}", false)]
    [InlineData("/orders/1", "{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", false)]
    [InlineData("/orders/1", "[1,2]", "[2,1]", false)]
    [InlineData("/orders/1", "not json", "not  json", false)]
    [InlineData("/orders/1", "{}", "", false)]
    public async Task I04_The_fingerprint_is_of_what_the_body_says(string path, string first, string second, bool isSame)
    {
        await using var host = await StartAsync();
        await host.SendAsync(path, "k", first);

        Assert.Equal(isSame, (await host.SendAsync(path, "k", second)).IsReplayed);
    }

    [Theory]
    [InlineData("/orders/1", "/orders/2", false)]
    [InlineData("/orders/1", "/orders/1?dry=1", false)]
    [InlineData("/orders/1?a=1&b=2", "/orders/1?b=2&a=1", true)]
    [InlineData("/orders/1?a=1&a=2", "/orders/1?a=2&a=1", false)]
    [InlineData("/orders/1?a=12", "/orders/1?a=1&a=2", false)]
    public async Task I04_The_fingerprint_is_of_route_values_and_query_too(string first, string second, bool isSame)
    {
        await using var host = await StartAsync();
        await host.SendAsync(first, "k");

        var reply = await host.SendAsync(second, "k");

        Assert.Equal((isSame, isSame ? 201 : 422), (reply.IsReplayed, reply.Status));
    }

    [Fact]
    public async Task I04_The_fingerprint_is_of_the_media_type_too()
    {
        await using var host = await StartAsync();
        await host.SendAsync("/orders/1", "k", contentType: "application/json; charset=utf-8");

        Assert.True((await host.SendAsync("/orders/1", "k", contentType: "application/JSON")).IsReplayed);
        Assert.Equal(422, (await host.SendAsync("/orders/1", "k", contentType: "text/plain")).Status);
    }

    [Fact]
    public async Task I05_The_first_request_is_processed_normally()
    {
        await using var host = await StartAsync();

        var plain = await host.SendAsync("/optional/1", null, "{\"a\":1}");
        var keyed = await host.SendAsync("/optional/1", "k", "{\"a\":1}");

        Assert.Equal((201, "1:{\"a\":1}:1"), (plain.Status, plain.Body));
        Assert.Equal((201, "1:{\"a\":1}:2"), (keyed.Status, keyed.Body));
        Assert.Equal(plain.Headers.Keys.Order(), keyed.Headers.Keys.Order());
    }

    [Fact]
    public async Task I06_A_retry_gets_the_same_status_headers_and_body()
    {
        await using var host = await StartAsync();
        var first = await host.SendAsync("/orders/1", "k");

        var again = await host.SendAsync("/orders/1", "k");

        Assert.Equal((first.Status, first.Body, true), (again.Status, again.Body, again.IsReplayed));
        foreach (var header in new[] { "Content-Type", "Location", "ETag", "Retry-After" })
        {
            Assert.Equal(first.Headers[header], again.Headers[header]);
        }

        Assert.True(first.Headers.ContainsKey("Set-Cookie") && first.Headers.ContainsKey("X-Trace"));
        Assert.False(again.Headers.ContainsKey("Set-Cookie") || again.Headers.ContainsKey("X-Trace"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(500)]
    public async Task I06_A_retry_gets_the_same_error(int status)
    {
        await using var host = await StartAsync();
        var first = await host.SendAsync($"/statuses/{status}", "k");

        var again = await host.SendAsync($"/statuses/{status}", "k");

        Assert.Equal((status, false, status, true, 1), (first.Status, first.IsReplayed, again.Status, again.IsReplayed, _runs));
        Assert.Equal(first.Body, again.Body);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task I06_Later_is_no_outcome_and_not_kept(int status)
    {
        await using var host = await StartAsync();
        await host.SendAsync($"/statuses/{status}", "k");

        Assert.Equal((false, 2), ((await host.SendAsync($"/statuses/{status}", "k")).IsReplayed, _runs));
    }

    [Fact]
    public async Task I07_A_retry_while_the_first_runs_is_409_with_Retry_After()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/slow", async () =>
        {
            reached.SetResult();
            await go.Task;
            return "done";
        }).WithIdempotencyKey());
        var first = host.SendAsync("/slow", "k");
        await reached.Task;

        var early = await host.SendAsync("/slow", "k");
        host.Time.Advance(TimeSpan.FromSeconds(59.5));
        var late = await host.SendAsync("/slow", "k");
        go.SetResult();

        Assert.Equal((409, IdempotencyErrorCodes.InProgress, "2"), (early.Status, early.Code, early.Headers["Retry-After"]));
        Assert.Equal((409, "1"), (late.Status, late.Headers["Retry-After"]));
        Assert.Equal("done", (await first).Body);
        Assert.Equal(("done", true), ((await host.SendAsync("/slow", "k")).Body, (await host.SendAsync("/slow", "k")).IsReplayed));
    }

    [Fact]
    public async Task I08_The_same_key_with_another_payload_is_422()
    {
        await using var host = await StartAsync();
        await host.SendAsync("/orders/1", "k", "{\"a\":1}");

        var reply = await host.SendAsync("/orders/1", "k", "{\"a\":2}");

        Assert.Equal((422, IdempotencyErrorCodes.KeyReused, 1), (reply.Status, reply.Code, _runs));
        Assert.Contains("idempotency-key-reused", reply.Body, StringComparison.Ordinal);
        Assert.True((await host.SendAsync("/orders/1", "k", "{\"a\":1}")).IsReplayed);
    }

    [Fact]
    public async Task I09_A_key_that_is_missing_where_it_is_required_is_400()
    {
        await using var host = await StartAsync();

        var reply = await host.SendAsync("/orders/1", null);

        Assert.Equal((400, IdempotencyErrorCodes.KeyMissing, 0), (reply.Status, reply.Code, _runs));
        Assert.Contains("idempotency-key-missing", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I10_A_key_belongs_to_a_client_and_an_endpoint()
    {
        await using var host = await StartAsync();
        await host.SendAsync("/orders/1", "k");

        Assert.False((await host.SendAsync("/orders/1", "k", user: "bob")).IsReplayed);
        Assert.False((await host.SendAsync("/optional/1", "k")).IsReplayed);
        Assert.False((await host.SendAsync("/orders/1", "k", method: "PUT")).IsReplayed);
        Assert.True((await host.SendAsync("/orders/1", "k")).IsReplayed);
        Assert.Equal(4, _runs);
    }

    [Fact]
    public async Task I10_A_tenant_cannot_be_made_to_look_like_another()
    {
        await using var host = await IdempotentHost.StartAsync(
            app => app.MapPost("/orders", () => $"{++_runs}").WithIdempotencyKey(),
            build: builder => builder.UseIdempotencyClientAccessor<TenantAccessor>());

        foreach (var user in new[] { "a|bc", "ab|c", "|abc", "abc|", "ABC|" })
        {
            Assert.False((await host.SendAsync("/orders", "k", user: user)).IsReplayed);
        }

        Assert.Equal(5, _runs);
    }

    [Fact]
    public async Task I10_A_key_of_nobody_is_refused()
    {
        await using var host = await StartAsync();

        var reply = await host.SendAsync("/orders/1", "k", user: null);

        Assert.Equal((401, IdempotencyErrorCodes.ClientUnknown), (reply.Status, reply.Code));
        Assert.Equal((0, 0), (_runs, host.Store.Begins));
        Assert.Equal(201, (await host.SendAsync("/optional/1", null, user: null)).Status);
    }

    [Fact]
    public async Task I11_The_format_is_validated_before_anything_is_looked_up()
    {
        await using var host = await StartAsync();
        host.Store.ThrowsAtBegin = true;

        var malformed = await host.SendAsync("/orders/1", "a b", user: null);
        var sound = await host.SendAsync("/orders/1", "a");

        Assert.Equal((400, IdempotencyErrorCodes.KeyInvalid), (malformed.Status, malformed.Code));
        Assert.Equal((503, 1), (sound.Status, host.Store.Begins));
    }

    private Task<IdempotentHost> StartAsync(IdempotencyOptions? options = null) => IdempotentHost.StartAsync(app =>
    {
        app.MapMethods("/orders/{id}", ["POST", "PUT"], Order).RequireIdempotency(options);
        app.MapPost("/optional/{id}", Order).WithIdempotencyKey(options);
        app.MapPost("/statuses/{status:int}", (int status) => TypedResults.Text($"{++_runs}", statusCode: status)).WithIdempotencyKey();
    });

    private async Task<ContentHttpResult> Order(string id, HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var headers = context.Response.Headers;
        (headers.Location, headers.ETag, headers.RetryAfter) = ($"/orders/{id}", "\"v1\"", "7");
        (headers.SetCookie, headers["X-Trace"]) = ("session=1", "t");
        return TypedResults.Text($"{id}:{body}:{++_runs}", "text/order", statusCode: 201);
    }

    private sealed class TenantAccessor : IIdempotencyClientAccessor
    {
        public ValueTask<IdempotencyClient?> GetClientAsync(HttpContext context, CancellationToken cancellationToken)
        {
            var parts = context.Request.Headers["X-User"].ToString().Split('|');
            return ValueTask.FromResult<IdempotencyClient?>(new IdempotencyClient(parts[0], parts[1]));
        }
    }
}
