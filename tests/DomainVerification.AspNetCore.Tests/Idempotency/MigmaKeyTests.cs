using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>Each sentence that Migma's page says about its Idempotency-Key.</summary>
public sealed class MigmaKeyTests
{
    private const string Path = "/v1/domains/claims/acme.com/verify";

    private int _runs;

    [Fact]
    public async Task The_key_is_optional()
    {
        await using var host = await StartAsync();

        Assert.Equal((200, 200), ((await host.SendAsync(Path, null)).Status, (await host.SendAsync(Path, null)).Status));
        Assert.Equal(2, _runs);
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    public async Task The_key_has_at_most_100_characters(int length, int status)
    {
        await using var host = await StartAsync();

        Assert.Equal(status, (await host.SendAsync(Path, new string('k', length))).Status);
        Assert.Equal(status == 200 ? 1 : 0, _runs);
    }

    [Fact]
    public async Task The_same_key_and_the_same_body_within_24_hours_replays_status_and_body()
    {
        await using var host = await StartAsync();
        var first = await host.SendAsync(Path, "k", "{\"a\":1}");
        host.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));

        var again = await host.SendAsync(Path, "k", "{\"a\":1}");

        Assert.Equal((first.Status, first.Body, 1), (again.Status, again.Body, _runs));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Body, (await host.SendAsync(Path, "k", "{\"a\":1}")).Body);
    }

    [Fact]
    public async Task The_same_key_and_a_different_body_is_409_IDEMPOTENCY_CONFLICT()
    {
        await using var host = await StartAsync();
        await host.SendAsync(Path, "k", "{\"a\":1}");

        var reply = await host.SendAsync(Path, "k", "{\"a\":2}");

        Assert.Equal((409, "IDEMPOTENCY_CONFLICT", 1), (reply.Status, reply.Code, _runs));
    }

    [Fact]
    public async Task A_key_is_scoped_per_API_key()
    {
        await using var host = await StartAsync();

        var one = await host.SendAsync(Path, "k", user: "api-key-1");
        var two = await host.SendAsync(Path, "k", user: "api-key-2");

        Assert.NotEqual(one.Body, two.Body);
        Assert.Equal(one.Body, (await host.SendAsync(Path, "k", user: "api-key-1")).Body);
    }

    [Fact]
    public async Task An_error_has_the_documented_envelope_where_the_host_writes_it()
    {
        await using var host = await StartAsync(IdempotencyOptions.Migma() with
        {
            WriteRefusal = (context, refusal) =>
                context.Response.WriteAsync($$"""{"success":false,"error":"{{refusal.Title}}","code":"{{refusal.Code}}"}"""),
        });
        await host.SendAsync(Path, "k", "{\"a\":1}");

        var reply = await host.SendAsync(Path, "k", "{\"a\":2}");

        Assert.Equal(409, reply.Status);
        Assert.Equal(
            """{"success":false,"error":"The idempotency key was used for another request","code":"IDEMPOTENCY_CONFLICT"}""",
            reply.Body);
    }

    private Task<IdempotentHost> StartAsync(IdempotencyOptions? options = null) => IdempotentHost.StartAsync(app =>
        app.MapPost("/v1/domains/claims/{domain}/verify", (string domain) => $"{domain} {++_runs}")
            .WithIdempotencyKey(options ?? IdempotencyOptions.Migma()));
}
