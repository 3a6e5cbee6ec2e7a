using System.Net;
using DomainVerification.AspNetCore.Tests.Web;

namespace DomainVerification.AspNetCore.Tests.Streams;

/// <summary>What a page sees that watches a claim.</summary>
public sealed class LiveProgressTests
{
    private static readonly ClaimStreamOptions _defaults = new();

    public static TheoryData<StoreKind, bool> Hosts() => new()
    {
        { StoreKind.Memory, false }, { StoreKind.Sqlite, false }, { StoreKind.Memory, true },
    };

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_page_turns_green_by_itself_and_nobody_waits_for_the_clock(StoreKind store, bool onKestrel)
    {
        await using var host = await WebHost.StartAsync(store, onKestrel: onKestrel);
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        using var stream = await EventStream.OpenAsync(host, claim);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (stream.Response.StatusCode, stream.Response.Content.Headers.ContentType?.MediaType));
        Assert.True(stream.Response.Headers.CacheControl?.NoStore);

        var first = await stream.ReadAsync();
        await host.SendAsync("POST", claim + "/verify");
        var looked = await stream.ReadAsync();
        await host.PublishAsync(claim);
        await host.SendAsync("POST", claim + "/verify");
        var proved = await stream.ReadAsync();
        await host.SendAsync("POST", claim + "/claim");
        var green = await stream.ReadAsync();

        Assert.Equal((int)_defaults.ReconnectDelay.TotalMilliseconds, stream.Retry);
        Assert.Equal(["pending", "pending", "verified", "claimed"], new[] { first, looked, proved, green }.Select(seen => seen.Status));
        Assert.All(new[] { first, looked, proved, green }, seen => Assert.Equal(("claim", $"{seen.Version}"), (seen.Type, seen.Id)));
        Assert.Equal([1, 2, 3, 4], new[] { first, looked, proved, green }.Select(seen => seen.Version));
        Assert.Equal("not_proved", looked.Claim.GetProperty("lastCheck").GetProperty("outcome").GetString());
        Assert.NotEmpty(looked.Claim.GetProperty("lastCheck").GetProperty("code").GetString()!);
        Assert.Equal((await host.SendAsync("GET", claim)).Json.ToString(), green.Claim.ToString());
    }

    [Fact]
    public async Task No_event_has_the_token()
    {
        await using var host = await WebHost.StartAsync();
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        var token = (await host.SendAsync("GET", claim + "/instructions")).Json.GetProperty("recordValue").GetString()!;
        using var stream = await EventStream.OpenAsync(host, claim);
        await host.PublishAsync(claim);

        var first = await stream.ReadAsync();
        await host.SendAsync("POST", claim + "/confirm");
        var next = await stream.ReadAsync();

        Assert.DoesNotContain(token, first.Data + next.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_steps_of_the_identities_are_told_as_the_worker_does_them()
    {
        await using var host = await WebHost.StartAsync(configure: (_, sdk) => sdk
            .ConfigureWorker(options => options.Enabled = true)
            .AddIdentityProvisioner<Mailbox>("mail"));
        host.World.Zone("acme.example");
        var claim = await host.RequestAsync("acme.example");
        await host.PublishAsync(claim);
        await host.SendAsync("POST", claim + "/verify");
        using var stream = await EventStream.OpenAsync(host, claim);
        await stream.ReadAsync();

        await host.SendAsync("POST", claim + "/claim");
        var begun = await stream.ReadAsync();
        await host.Clock.WaitForTimersAsync(3, default);
        host.Clock.Advance(new DomainVerificationWorkerOptions().PollInterval);
        var done = await stream.ReadAsync();

        Assert.Equal(("provisioning", "waiting"), (begun.Status, StepOf(begun)));
        Assert.Equal(("claimed", "done"), (done.Status, StepOf(done)));

        static string? StepOf(StreamEvent seen)
        {
            var step = Assert.Single(seen.Json.GetProperty("provisioning").EnumerateArray());
            Assert.Equal("mail", step.GetProperty("provisioner").GetString());
            return step.GetProperty("state").GetString();
        }
    }

    [Fact]
    public async Task What_another_process_changes_shows_at_the_next_look()
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");
        using var stream = await EventStream.OpenAsync(host, claim);
        await stream.ReadAsync();
        await host.Clock.WaitForTimersAsync(3, default);

        await ChangeElsewhereAsync(host, claim);
        host.Clock.Advance(_defaults.PollInterval);

        Assert.Equal(2, (await stream.ReadAsync()).Version);
    }

    [Fact]
    public async Task A_reader_that_comes_back_gets_only_what_it_has_not_seen()
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");
        await host.SendAsync("POST", claim + "/rotate-token");
        using var knowing = await EventStream.OpenAsync(host, claim, lastEventId: 2);
        using var behind = await EventStream.OpenAsync(host, claim, lastEventId: 1);
        Assert.Equal(2, (await behind.ReadAsync()).Version);

        await host.SendAsync("POST", claim + "/rotate-token");

        Assert.Equal(3, (await knowing.ReadAsync()).Version);
        Assert.Equal(3, (await behind.ReadAsync()).Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("99999999999999999999")]
    [InlineData("x")]
    [InlineData("7")]
    public async Task An_id_that_this_claim_never_had_is_as_good_as_none(string id)
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");

        using var stream = await EventStream.OpenAsync(host, claim, lastEventId: id);

        Assert.Equal(1, (await stream.ReadAsync()).Version);
    }

    [Fact]
    public async Task A_claim_that_has_ended_ends_its_stream_and_the_reader_is_told_not_to_come_back()
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");
        using var stream = await EventStream.OpenAsync(host, claim);
        await stream.ReadAsync();

        await host.SendAsync("POST", claim + "/cancel");
        var last = await stream.ReadAsync();

        Assert.Equal("canceled", last.Status);
        Assert.Null(await stream.NextAsync());
        using var next = await EventStream.OpenAsync(host, claim, lastEventId: last.Id);
        Assert.Equal(HttpStatusCode.NoContent, next.Response.StatusCode);
        using var late = await EventStream.OpenAsync(host, claim);
        Assert.Equal("canceled", (await late.ReadAsync()).Status);
        Assert.Null(await late.NextAsync());
    }

    internal static async Task ChangeElsewhereAsync(WebHost host, string claim)
    {
        var found = (await host.Store.FindAsync(ClaimId.Parse(claim.Split('/')[^1], null), default))!;
        var commit = new ClaimCommit { Claims = [found with { Version = found.Version + 1 }] };
        Assert.Equal(ClaimCommitStatus.Committed, await host.Store.CommitAsync(commit, default));
    }

    private sealed class Mailbox : IIdentityProvisioner
    {
        public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(ProvisionResult.Done());

        public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(ProvisionResult.Done());
    }
}
