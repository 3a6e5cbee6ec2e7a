using DomainVerification.AspNetCore.Tests.Web;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Tests.Health;

/// <summary>What the check reports, how it is set up, and that it neither hangs nor throws nor tells secrets.</summary>
public sealed class HealthReportTests
{
    private static readonly string[] _parts = ["dead_letters", "outbox", "resolvers", "store", "suffix_list"];

    [Fact]
    public async Task Each_part_has_an_entry_of_its_own()
    {
        await using var host = new HealthHost();

        var entry = await host.LookAsync();

        Assert.Equal((HealthStatus.Healthy, null, null), (entry.Status, entry.Description, entry.Exception));
        Assert.Equal(_parts, entry.Data.Keys.Where(key => !key.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(_parts, part => Assert.Equal("ok", entry.Data[part]));
        Assert.Equal((1L, 1L), (entry.Data["resolvers.asked"], entry.Data["resolvers.answering"]));
        Assert.Equal(0L, entry.Data["dead_letters.counted"]);
        Assert.IsType<long>(entry.Data["suffix_list.age_days"]);
    }

    [Theory]
    [InlineData(DomainVerificationHealthParts.Store, "store")]
    [InlineData(DomainVerificationHealthParts.Outbox, "outbox")]
    [InlineData(DomainVerificationHealthParts.Store | DomainVerificationHealthParts.SuffixList, "store suffix_list")]
    public async Task Only_the_parts_that_were_chosen_are_looked_at(DomainVerificationHealthParts parts, string keys)
    {
        await using var host = new HealthHost(options => options.Parts = parts);

        var entry = await host.LookAsync();

        Assert.Equal(
            keys.Split(' '), entry.Data.Keys.Where(key => !key.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, "ok", HealthStatus.Healthy)]
    [InlineData(180, "ok", HealthStatus.Healthy)]
    [InlineData(181, "suffix_list_stale", HealthStatus.Degraded)]
    public async Task A_suffix_list_grows_stale(int days, string code, HealthStatus status)
    {
        var listed = PublicSuffixList.BuiltIn.ListDate!.Value.AddDays(days).ToDateTime(new TimeOnly(23, 59), DateTimeKind.Utc);
        await using var host = new HealthHost(time: new ManualTimeProvider(listed));

        var entry = await host.LookAsync();

        Assert.Equal((status, code, (long)days), (entry.Status, entry.Data["suffix_list"], entry.Data["suffix_list.age_days"]));
        Assert.Equal(days > 180 ? "suffix_list_stale" : null, entry.Description);
    }

    [Fact]
    public async Task A_suffix_list_without_a_day_may_be_any_age()
    {
        const string Text = "// ===BEGIN ICANN DOMAINS===\ncom\n// ===END ICANN DOMAINS===\n"
            + "// ===BEGIN PRIVATE DOMAINS===\ngithub.io\n// ===END PRIVATE DOMAINS===\n";
        Assert.True(PublicSuffixList.TryParse(Text, null, out var undated, out _));
        await using var host = new HealthHost(
            build: builder => builder.Services.Replace(ServiceDescriptor.Singleton(new PublicSuffixListProvider(undated))));

        var entry = await host.LookAsync();

        Assert.Equal((HealthStatus.Degraded, "suffix_list_undated"), (entry.Status, entry.Data["suffix_list"]));
    }

    [Fact]
    public async Task A_store_that_hangs_costs_each_probe_its_timeout_and_one_look_in_all()
    {
        using var store = new HangingStore();
        await using var host = new HealthHost(
            options => options.Parts = DomainVerificationHealthParts.Store,
            builder => HealthHost.Use(builder, store));

        var probes = new[] { host.LookAsync(), host.LookAsync(), host.LookAsync() };
        await host.Clock.WaitForTimersAsync(probes.Length + 1, default);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        var entries = await Task.WhenAll(probes);
        var late = host.LookAsync();
        await host.Clock.WaitForTimersAsync(1, default);
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.All([.. entries, await late], entry =>
            Assert.Equal((HealthStatus.Unhealthy, "store_timed_out"), (entry.Status, entry.Data["store"])));
        Assert.Equal(1, store.Looks);
        store.LetGo();
        while ((await host.LookAsync()).Status != HealthStatus.Healthy)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task What_exceptions_say_is_for_the_log_only_which_is_told_once()
    {
        using var store = new HangingStore { Fault = new InvalidOperationException("Password=hunter2 at db.internal") };
        await using var host = new HealthHost(
            options => options.Parts = DomainVerificationHealthParts.Store,
            builder => HealthHost.Use(builder, store));

        var entry = await host.LookAsync();
        await host.LookAsync();

        Assert.Equal((HealthStatus.Unhealthy, "store_unreachable", null), (entry.Status, entry.Description, entry.Exception));
        Assert.DoesNotContain("hunter2", string.Join('|', entry.Data), StringComparison.Ordinal);
        Assert.Single(host.Log.Of("9100"));
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_the_only_one_that_gets_an_exception()
    {
        using var store = new HangingStore();
        await using var host = new HealthHost(
            options => options.Parts = DomainVerificationHealthParts.Store, builder => HealthHost.Use(builder, store));
        using var gone = new CancellationTokenSource();

        var leaves = host.LookAsync(gone.Token);
        var stays = host.LookAsync();
        await host.Clock.WaitForTimersAsync(3, default);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        store.LetGo();

        Assert.Equal(HealthStatus.Healthy, (await stays).Status);
    }

    [Fact]
    public async Task The_host_says_how_bad_a_failure_is()
    {
        using var store = new HangingStore { Fault = new IOException() };
        await using var host = new HealthHost(build: builder => HealthHost.Use(builder, store), failureStatus: HealthStatus.Degraded);

        Assert.Equal(HealthStatus.Degraded, (await host.LookAsync()).Status);
    }

    public static TheoryData<string, Action<DomainVerificationHealthOptions>> Wrong() => new()
    {
        { nameof(DomainVerificationHealthOptions.Parts), options => options.Parts = DomainVerificationHealthParts.None },
        { nameof(DomainVerificationHealthOptions.Parts), options => options.Parts = (DomainVerificationHealthParts)32 },
        { nameof(DomainVerificationHealthOptions.PartTimeout), options => options.PartTimeout = TimeSpan.FromMilliseconds(99) },
        { nameof(DomainVerificationHealthOptions.PartTimeout), options => options.PartTimeout = TimeSpan.FromSeconds(61) },
        { nameof(DomainVerificationHealthOptions.ResolverQuestion), options => options.ResolverQuestion = "a..b" },
        { nameof(DomainVerificationHealthOptions.MaximumSuffixListAge), options => options.MaximumSuffixListAge = TimeSpan.FromHours(23) },
        { nameof(DomainVerificationHealthOptions.MaximumSuffixListAge), options => options.MaximumSuffixListAge = TimeSpan.FromDays(3651) },
        { nameof(DomainVerificationHealthOptions.MaximumOverdue), options => options.MaximumOverdue = TimeSpan.FromSeconds(59) },
        { nameof(DomainVerificationHealthOptions.MaximumOverdue), options => options.MaximumOverdue = TimeSpan.FromDays(8) },
        { nameof(DomainVerificationHealthOptions.MaximumDeadLetters), options => options.MaximumDeadLetters = -1 },
        { nameof(DomainVerificationHealthOptions.MaximumDeadLetters), options => options.MaximumDeadLetters = 1000 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Options_out_of_their_ranges_stop_the_start(string option, Action<DomainVerificationHealthOptions> set)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => WebHost.StartAsync(configure: (builder, _) => builder.Services.AddHealthChecks().AddDomainVerification(configure: set)));

        Assert.Contains(option, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_the_sdk_does_not_start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddHealthChecks().AddDomainVerification();
        await using var app = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains("AddDomainVerification()", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probes_see_what_their_tags_choose()
    {
        using var store = new HangingStore { Fault = new IOException() };
        await using var host = await WebHost.StartAsync(
            configure: (builder, sdk) =>
            {
                SnippetsHealth.Add(builder);
                HealthHost.Use(sdk, store);
            },
            map: SnippetsHealth.Map);

        Assert.Equal(200, (await host.SendAsync("GET", "/health/live", null)).Status);
        var ready = await host.SendAsync("GET", "/health/ready", null);
        Assert.Equal((503, "Unhealthy"), (ready.Status, ready.Body));
        store.Fault = null;
        store.LetGo();
        var again = await host.SendAsync("GET", "/health/ready", null);
        Assert.Equal((200, "Healthy"), (again.Status, again.Body));
    }
}
