using System.Net;
using DomainVerification.AspNetCore.Streams.Internal;
using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Tests.Streams;

/// <summary>How long streams live, what ends them, and how many there may be.</summary>
public sealed class StreamLifeTests : IDisposable
{
    /// <summary>The timers of a host with one stream that waits: the worker's, the stream's life and its next look.</summary>
    private const int Idle = 3;

    private static readonly ClaimStreamOptions _defaults = new();
    private readonly LogLines _log = new();

    [Fact]
    public async Task A_silent_stream_beats()
    {
        await using var host = await StartAsync();
        using var stream = await OpenAsync(host);

        await PassAsync(host, _defaults.HeartbeatInterval);

        Assert.Equal("comment", (await stream.ReadAsync()).Type);
        await host.SendAsync("POST", "/domains/" + await IdAsync(host) + "/rotate-token");
        Assert.Equal(2, (await stream.ReadAsync()).Version);
        Assert.Equal(1, stream.Comments);
    }

    [Fact]
    public async Task A_stream_lives_for_its_time_and_its_reader_goes_on_with_the_next()
    {
        await using var host = await StartAsync();
        using var stream = await OpenAsync(host);

        await PassAsync(host, _defaults.Lifetime - TimeSpan.FromSeconds(1));
        await host.SendAsync("POST", "/domains/" + await IdAsync(host) + "/rotate-token");
        Assert.Equal(2, await NextVersionAsync(stream));
        await host.Clock.WaitForTimersAsync(Idle, default);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await stream.NextAsync());
        await _log.FindAsync("9001", "Over");
        using var next = await EventStream.OpenAsync(host, "/domains/" + await IdAsync(host), lastEventId: 2);
        await host.SendAsync("POST", "/domains/" + await IdAsync(host) + "/rotate-token");
        Assert.Equal(3, (await next.ReadAsync()).Version);
    }

    [Fact]
    public async Task An_owner_has_only_so_many_streams_and_a_closed_one_makes_room()
    {
        await using var host = await StartAsync(web: options => options.Streams.MaximumPerOwner = 2);
        var foreign = await host.RequestAsync("bobs.example", "bob");
        using var first = await OpenAsync(host);
        using var second = await EventStream.OpenAsync(host, "/domains/" + await IdAsync(host));

        var refused = await host.SendAsync("GET", "/domains/" + await IdAsync(host) + "/events");
        using var others = await EventStream.OpenAsync(host, foreign, "tenant=bob&sub=jo");

        Assert.Equal((429, "too_many_streams", "3"), (refused.Status, refused.Code, refused.Headers["Retry-After"]));
        Assert.Equal("bobs.example", (await others.ReadAsync()).Claim.GetProperty("domain").GetString());
        await _log.FindAsync("9002", string.Empty);
        second.Dispose();
        await _log.FindAsync("9001", "Left");
        using var third = await EventStream.OpenAsync(host, "/domains/" + await IdAsync(host));
        Assert.Equal(HttpStatusCode.OK, third.Response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reader_that_leaves_leaves_nothing_behind(bool onKestrel)
    {
        await using var host = await StartAsync(onKestrel: onKestrel);
        using var stream = await OpenAsync(host);
        await host.Clock.WaitForTimersAsync(Idle, default);

        stream.Dispose();

        await _log.FindAsync("9001", "Left");
        Assert.Equal(Idle - 2, host.Clock.ActiveTimers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_that_stops_waits_for_no_stream(bool onKestrel)
    {
        await using var host = await StartAsync(onKestrel: onKestrel);
        using var stream = await OpenAsync(host);

        await host.StopAsync();

        Assert.Null(await stream.NextAsync());
        await _log.FindAsync("9001", "Stopped");
    }

    [Fact]
    public async Task A_reader_that_does_not_read_is_owed_no_more_than_the_transport_holds_and_is_let_go_in_time()
    {
        const int Changes = 400;
        await using var host = await StartAsync(web: options => options.Streams.MaximumPerOwner = 1);
        using var stream = await OpenAsync(host);
        var claim = "/domains/" + await IdAsync(host);

        for (var i = 0; i < Changes; i++)
        {
            Assert.Equal(200, (await host.SendAsync("POST", claim + "/rotate-token")).Status);
        }

        host.Clock.Advance(_defaults.Lifetime);
        await _log.FindAsync("9001", "Over");
        var last = 1L;
        while (await stream.NextAsync() is { } seen)
        {
            last = seen.Type == "claim" ? seen.Version : last;
        }

        Assert.InRange(last, 2, Changes);
        using var next = await EventStream.OpenAsync(host, claim, lastEventId: last);
        Assert.Equal(Changes + 1, (await next.ReadAsync()).Version);
    }

    [Fact]
    public async Task Of_thousands_of_streams_that_an_owner_opens_at_once_it_gets_its_share_and_others_get_theirs()
    {
        const int Most = 32;
        var slots = new StreamSlots(Microsoft.Extensions.Options.Options.Create(new DomainVerificationWebOptions()));

        var taken = await Task.WhenAll(Enumerable.Range(0, 5000).Select(_ => Task.Run(() => slots.TryEnter("ann"))));
        var others = slots.TryEnter("bob");
        await Task.WhenAll(taken.OfType<IDisposable>().SelectMany(slot => new[] { slot, slot }).Select(slot => Task.Run(slot.Dispose)));
        var again = Enumerable.Range(0, Most + 1).Select(_ => slots.TryEnter("ann")).ToList();

        Assert.Equal(Most, taken.Count(slot => slot is not null));
        Assert.NotNull(others);
        Assert.Equal(Most, again.Count(slot => slot is not null));
        Assert.All([.. again, others], slot => slot?.Dispose());
    }

    [Fact]
    public async Task A_reader_whose_policy_no_longer_holds_sees_no_more()
    {
        var rights = new Rights();
        await using var host = await StartAsync(services => services.AddAuthorizationBuilder()
            .AddPolicy(DomainVerificationPolicies.Read, policy => policy.RequireAssertion(_ => rights.IsAllowed)));
        using var stream = await OpenAsync(host);
        var claim = "/domains/" + await IdAsync(host);

        rights.IsAllowed = false;
        await host.SendAsync("POST", claim + "/rotate-token");

        Assert.Null(await stream.NextAsync());
        await _log.FindAsync("9001", "Gone");
    }

    [Fact]
    public async Task A_reader_who_acts_for_another_owner_meanwhile_sees_no_more()
    {
        var rights = new Rights();
        await using var host = await StartAsync(
            services => services.AddSingleton(rights),
            sdk: sdk => sdk.UseClaimantAccessor<Switching>());
        using var stream = await OpenAsync(host);

        rights.Owner = "bob";
        await PassAsync(host, _defaults.PollInterval, wait: false);

        Assert.Null(await stream.NextAsync());
        await _log.FindAsync("9001", "Gone");
    }

    [Fact]
    public async Task What_the_reader_signed_in_with_ends_the_stream_when_it_runs_out()
    {
        await using var host = await StartAsync();
        var until = host.Clock.GetUtcNow().AddSeconds(30).ToString("O").Replace("+", "%2B", StringComparison.Ordinal);
        using var stream = await EventStream.OpenAsync(host, await RequestAsync(host), $"tenant=ann&sub=jo&expires={until}");
        await stream.ReadAsync();

        await PassAsync(host, TimeSpan.FromSeconds(29));
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        while (await stream.NextAsync() is { } beat)
        {
            Assert.Equal("comment", beat.Type);
        }

        await _log.FindAsync("9001", "Over");
    }

    [Fact]
    public async Task A_claim_that_is_gone_ends_its_stream()
    {
        await using var host = await StartAsync(sdk: sdk => sdk.UseClaimStore<GatedStore>());
        using var stream = await OpenAsync(host);

        host.Services.GetRequiredService<GatedStore>().IsEmpty = true;
        await PassAsync(host, _defaults.PollInterval, wait: false);

        Assert.Null(await stream.NextAsync());
        await _log.FindAsync("9001", "Gone");
    }

    [Fact]
    public async Task A_store_that_is_down_ends_the_stream_and_the_reader_comes_back()
    {
        await using var host = await StartAsync(sdk: sdk => sdk.UseClaimStore<GatedStore>());
        using var stream = await OpenAsync(host);

        host.Services.GetRequiredService<GatedStore>().IsDown = true;
        await PassAsync(host, _defaults.PollInterval, wait: false);

        Assert.Null(await stream.NextAsync());
        await _log.FindAsync("9003", string.Empty);
        host.Services.GetRequiredService<GatedStore>().IsDown = false;
        using var next = await EventStream.OpenAsync(host, "/domains/" + await IdAsync(host));
        Assert.Equal(1, (await next.ReadAsync()).Version);
    }

    [Fact]
    public async Task Signals_that_throw_cost_neither_a_commit_nor_a_stream()
    {
        await using var host = await StartAsync(sdk: sdk => sdk.UseClaimSignals<ThrowingSignals>());
        using var stream = await OpenAsync(host);

        var rotated = await host.SendAsync("POST", "/domains/" + await IdAsync(host) + "/rotate-token");
        Assert.Equal(200, rotated.Status);
        await PassAsync(host, _defaults.PollInterval, wait: false);

        Assert.Equal(2, (await stream.ReadAsync()).Version);
        await _log.FindAsync("1001", string.Empty);
        await _log.FindAsync("9004", string.Empty);
    }

    [Theory]
    [InlineData(0, 15, 600, 3, 32)]
    [InlineData(61, 15, 600, 3, 32)]
    [InlineData(5, 0, 600, 3, 32)]
    [InlineData(5, 301, 600, 3, 32)]
    [InlineData(5, 15, 0, 3, 32)]
    [InlineData(5, 15, 3601, 3, 32)]
    [InlineData(5, 15, 600, 0, 32)]
    [InlineData(5, 15, 600, 301, 32)]
    [InlineData(5, 15, 600, 3, 0)]
    [InlineData(5, 15, 600, 3, 10001)]
    public void Options_out_of_their_ranges_are_refused(int poll, int beat, int life, int retry, int most)
    {
        var services = new ServiceCollection();
        services.AddDomainVerification().AddAspNetCore(options =>
        {
            options.Streams.PollInterval = TimeSpan.FromSeconds(poll);
            options.Streams.HeartbeatInterval = TimeSpan.FromSeconds(beat);
            options.Streams.Lifetime = TimeSpan.FromSeconds(life);
            options.Streams.ReconnectDelay = TimeSpan.FromSeconds(retry);
            options.Streams.MaximumPerOwner = most;
        });

        var options = services.BuildServiceProvider().GetRequiredService<IOptions<DomainVerificationWebOptions>>();

        Assert.Contains("Streams.", Assert.Throws<OptionsValidationException>(() => options.Value).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _log.Dispose();

    /// <summary>Lets time pass from timer to timer, so that the stream meets each.</summary>
    private static async Task PassAsync(WebHost host, TimeSpan time, bool wait = true)
    {
        await host.Clock.WaitForTimersAsync(Idle, default);
        await host.Clock.AdvanceAsync(time, token => wait ? host.Clock.WaitForTimersAsync(Idle, token) : Task.CompletedTask, default);
    }

    private static async Task<long> NextVersionAsync(EventStream stream)
    {
        while (true)
        {
            if (await stream.ReadAsync() is { Type: "claim" } seen)
            {
                return seen.Version;
            }
        }
    }

    private static Task<string> RequestAsync(WebHost host) => host.RequestAsync("acme.example");

    private static async Task<string> IdAsync(WebHost host) =>
        (await host.SendAsync("GET", "/domains")).Json.GetProperty("claims")[0].GetProperty("id").GetString()!;

    private static async Task<EventStream> OpenAsync(WebHost host)
    {
        var stream = await EventStream.OpenAsync(host, await RequestAsync(host));
        Assert.Equal(1, (await stream.ReadAsync()).Version);
        return stream;
    }

    private Task<WebHost> StartAsync(
        Action<IServiceCollection>? services = null,
        Action<DomainVerificationWebOptions>? web = null,
        Action<DomainVerificationBuilder>? sdk = null,
        bool onKestrel = false) => WebHost.StartAsync(
        web: web,
        onKestrel: onKestrel,
        configure: (builder, added) =>
        {
            builder.Logging.AddProvider(_log).SetMinimumLevel(LogLevel.Debug);
            services?.Invoke(builder.Services);
            sdk?.Invoke(added);
        });

    private sealed class Rights
    {
        public bool IsAllowed { get; set; } = true;

        public string Owner { get; set; } = "ann";
    }

    private sealed class Switching(Rights rights) : IClaimantAccessor
    {
        public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Claimant?>(new Claimant(rights.Owner));

        public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ClaimActor?>(null);
    }

    private sealed class ThrowingSignals : IClaimSignals
    {
        public void Raise(IReadOnlyList<ClaimId> claims) => throw new InvalidOperationException("raise");

        public IClaimSubscription Subscribe(ClaimId claim) => new Broken();

        private sealed class Broken : IClaimSubscription
        {
            public Task WaitAsync(CancellationToken cancellationToken) =>
                Task.FromException(new InvalidOperationException("wait"));

            public void Dispose()
            {
            }
        }
    }
}
