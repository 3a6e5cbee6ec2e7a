using DomainVerification.Dns;
using DomainVerification.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.AspNetCore.Tests.Health;

/// <summary>DNS servers on loopback that answer, answer badly, or not at all.</summary>
public sealed class ResolverHealthTests : IAsyncDisposable
{
    private readonly LoopbackDnsServer _first = LoopbackDnsServer.Start(HealthHost.RootWorld());
    private readonly LoopbackDnsServer _second = LoopbackDnsServer.Start(HealthHost.RootWorld());

    [Fact]
    public async Task Every_server_is_asked_one_question()
    {
        await using var host = Create(TimeProvider.System);

        var entry = await host.LookAsync();

        Assert.Equal((HealthStatus.Healthy, "ok", 2L, 2L), Seen(entry));
        Assert.All([_first, _second], server =>
        {
            var query = Assert.Single(server.Queries);
            Assert.Equal((DnsName.Parse("health.example"), DnsRecordType.NS), (query.Message.Question?.Name, query.Message.Question?.Type));
        });
    }

    public static TheoryData<string, DnsFault> Faults() => new()
    {
        { "TimedOut", DnsFault.Drop() }, { "ServerFailure", DnsFault.ServFail() }, { "Refused", DnsFault.Refused() },
        { "Malformed", DnsFault.Malformed() },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_server_that_does_not_answer_shows_while_the_other_one_does(string outcome, DnsFault fault)
    {
        // What cannot be read is passed over, so that both of these take the whole time.
        var isWaitedFor = outcome is "TimedOut" or "Malformed";
        await using var host = Create(TimeProvider.System, tryTimeout: isWaitedFor ? TimeSpan.FromMilliseconds(500) : null);
        _second.Faults.Add(fault);

        var one = await host.LookAsync();
        _first.Faults.Add(fault);
        var none = await host.LookAsync();

        Assert.Equal((HealthStatus.Degraded, "resolvers_partly_unanswering", 2L, 1L), Seen(one));
        Assert.Equal((HealthStatus.Unhealthy, "resolvers_unanswering", 2L, 0L), Seen(none));
        Assert.Contains($"{_second.Endpoint}: {outcome}", host.Log.Of("9100")[0], StringComparison.Ordinal);
        Assert.DoesNotContain($"{_first.Endpoint}", host.Log.Of("9100")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", string.Join('|', none.Data) + none.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody.example")]
    [InlineData("health.example")]
    public async Task That_there_is_nothing_is_an_answer(string question)
    {
        _first.World.Zone("example");
        _second.World.Zone("example");
        await using var host = Create(TimeProvider.System, question);

        Assert.Equal((HealthStatus.Healthy, "ok", 2L, 2L), Seen(await host.LookAsync()));
    }

    [Fact]
    public async Task Servers_that_drop_everything_cost_no_more_than_the_timeout()
    {
        var clock = new ManualTimeProvider();
        await using var host = Create(clock, tryTimeout: TimeSpan.FromMinutes(1));
        _first.Faults.Add(DnsFault.Drop());
        _second.Faults.Add(DnsFault.Drop());

        var probe = host.LookAsync();
        await _first.WaitForQueriesAsync(1, default);
        await _second.WaitForQueriesAsync(1, default);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((HealthStatus.Unhealthy, "resolvers_timed_out"), ((await probe).Status, (await probe).Data["resolvers"]));
        Assert.Equal(0, clock.ActiveTimers);
    }

    [Fact]
    public async Task A_resolver_of_the_hosts_own_may_throw()
    {
        await using var host = new HealthHost(
            options => options.Parts = DomainVerificationHealthParts.Resolvers,
            builder => builder.UseDnsResolver(new ThrowingResolver()));

        var entry = await host.LookAsync();

        Assert.Equal((HealthStatus.Unhealthy, "resolvers_faulted"), (entry.Status, entry.Data["resolvers"]));
    }

    [Theory]
    [InlineData(DnsLookupStatus.Answered, HealthStatus.Degraded, "resolvers_partly_unanswering", 1L)]
    [InlineData(DnsLookupStatus.TimedOut, HealthStatus.Unhealthy, "resolvers_unanswering", 0L)]
    public async Task Blocked_dns_shows_though_the_resolvers_answer(DnsLookupStatus status, HealthStatus health, string code, long answering)
    {
        await using var host = new HealthHost(
            options => options.Parts = DomainVerificationHealthParts.Resolvers,
            builder => builder.UseDnsResolver(new BlockedResolver(status)));

        Assert.Equal((health, code, 2L, answering), Seen(await host.LookAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    private static (HealthStatus, object, object, object) Seen(HealthReportEntry entry) =>
        (entry.Status, entry.Data["resolvers"], entry.Data["resolvers.asked"], entry.Data["resolvers.answering"]);

    private HealthHost Create(TimeProvider time, string question = "health.example", TimeSpan? tryTimeout = null)
    {
        var options = new DnsResolverOptions
        {
            Servers = [$"{_first.Endpoint}", $"{_second.Endpoint}"],
            TryTimeout = tryTimeout ?? TimeSpan.FromSeconds(10),
            Deadline = TimeSpan.FromMinutes(1),
        };
        return new HealthHost(
            health =>
            {
                health.Parts = DomainVerificationHealthParts.Resolvers;
                health.ResolverQuestion = question;
            },
            builder => builder.UseDnsResolver(new ConfiguredServersResolver(options, time, NullLogger<ConfiguredServersResolver>.Instance)),
            time: time);
    }

    private sealed class BlockedResolver(DnsLookupStatus status) : IDnsResolver
    {
        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new DnsLookup { Status = status, Question = question, Source = DnsAnswerSource.ResolversInstead });
    }

    private sealed class ThrowingResolver : IDnsResolver
    {
        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken) =>
            throw new InvalidOperationException();
    }
}
