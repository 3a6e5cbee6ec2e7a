using System.Net;
using DomainVerification.Dns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

// docs/testing.md shows these classes as they stand here; DocumentationTests compares.
namespace DomainVerification.Testing.Tests;

public sealed class MailHost : IAsyncDisposable
{
    private readonly IHost _host;

    private MailHost(IHost host) => _host = host;

    public static ManualTimeProvider NewClock() => new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public IDomainClaimManager Claims => _host.Services.GetRequiredService<IDomainClaimManager>();

    public static async Task<MailHost> StartAsync(DnsWorld world, ManualTimeProvider clock, CancellationToken token)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services
            .AddDomainVerification(options =>
            {
                options.Provider = "mailhost";
                options.AllowUnlistedSuffixes = true;   // for names below .example
            })
            .ConfigureWorker(worker => worker.PollInterval = TimeSpan.FromMinutes(10))
            .UseDnsResolver(new InMemoryDnsResolver(world));

        var host = builder.Build();
        await host.StartAsync(token);
        return new MailHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}

public sealed class SevenDaysTests
{
    private readonly ManualTimeProvider _clock = MailHost.NewClock();
    private readonly DnsWorld _world = new();

    [Fact]
    public async Task Customer_PublishesOnDayThree_IsVerifiedWithoutAskingAgain()
    {
        var token = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
        _world.Zone("acme.example");
        await using var host = await MailHost.StartAsync(_world, _clock, token);
        var request = await host.Claims.RequestAsync(new ClaimRequest("acme", "acme.example"), token);
        var claim = ClaimReference.To(request.RequireClaim());
        Assert.Equal(ClaimResultStatus.NotProved, (await host.Claims.VerifyAsync(claim, cancellationToken: token)).Status);

        await PassAsync(TimeSpan.FromDays(3), token);
        var record = request.Instructions!;
        _world.ZoneOf(record.RecordName).Txt(record.RecordName, record.RecordValue);
        await PassAsync(TimeSpan.FromHours(6), token);

        Assert.Equal(ClaimStatus.Verified, (await host.Claims.GetAsync(claim, token)).RequireClaim().Status);
    }

    [Fact]
    public async Task Customer_NeverPublishes_ExpiresAfterSevenDays()
    {
        var token = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
        _world.Zone("acme.example");
        await using var host = await MailHost.StartAsync(_world, _clock, token);
        var request = await host.Claims.RequestAsync(new ClaimRequest("acme", "acme.example"), token);
        var claim = ClaimReference.To(request.RequireClaim());

        await PassAsync(TimeSpan.FromDays(8), token);

        Assert.Equal(ClaimStatus.Expired, (await host.Claims.GetAsync(claim, token)).RequireClaim().Status);
    }

    // The worker sleeps on the clock: its one timer is armed again when a round is done.
    private async Task PassAsync(TimeSpan time, CancellationToken token)
    {
        await _clock.WaitForTimersAsync(1, token);
        await _clock.AdvanceAsync(time, settling => _clock.WaitForTimersAsync(1, settling), token);
    }
}

public sealed class ZoneTour
{
    [Fact]
    public void AZone_HoldsWhatTheTestSays()
    {
        var world = new DnsWorld();

        world.Zone("acme.example")
            .Txt("_mailhost-challenge", "token=one")            // relative to the zone
            .Txt("_mailhost-challenge", "token=two")            // a second record
            .Cname("www", "acme.vendor.example")                // targets are full names
            .Txt("*.dev", "any name below dev")                 // a wildcard
            .Address("mx1", IPAddress.Parse("192.0.2.25"))
            .Mx("@", 10, "mx1.acme.example");                   // @ is the zone itself

        world.Zone("acme.example").ReplaceTxt("_mailhost-challenge", "token=three");
        world.Zone("acme.example").RemoveTxt("_mailhost-challenge", "token=three");
        world.ZoneOf("_spf.acme.example").Txt("_spf.acme.example", "v=spf1 -all");
        world.Zone("acme.example").NegativeTimeToLive = TimeSpan.FromSeconds(30);

        world.Edit(() =>
        {
            // Queries see both edits or none.
            world.Zone("acme.example").Remove("www").Txt("www", "moved");
            world.Zone("globex.example").Txt("_mailhost-challenge", "token=four");
        });
    }
}

public sealed class ResolverTests : IAsyncLifetime
{
    private readonly DnsWorld _world = new();
    private readonly ManualTimeProvider _clock = new();
    private LoopbackDnsServer _server = null!;

    public Task InitializeAsync()
    {
        _world.Zone("acme.example").Txt("_x", "right");
        _server = LoopbackDnsServer.Start(_world);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task AForgedAnswer_BeforeTheRightOne_IsIgnored()
    {
        _server.Faults.Add(DnsFault.WrongId().For("_x.acme.example").Over(LoopbackTransport.Udp).Once().ThenAnswer());

        var lookup = await AskAsync("_x.acme.example");

        Assert.Equal("right", ((DnsTxtRecord)lookup.Records[0]).Text);
        Assert.Equal(1, lookup.Attempts[0].IgnoredPackets);
    }

    [Fact]
    public async Task ADroppedQuery_IsAskedAgain()
    {
        _server.Faults.Add(DnsFault.Drop().Once());

        var asking = AskAsync("_x.acme.example");
        await _server.WaitForQueriesAsync(1, CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(DnsLookupStatus.Answered, (await asking).Status);
        Assert.Equal([LoopbackTransport.Udp, LoopbackTransport.Udp], _server.Queries.Select(query => query.Transport));
    }

    private async Task<DnsLookup> AskAsync(string name)
    {
        var options = new DnsResolverOptions { Servers = { _server.Endpoint.ToString() } };
        var resolver = new ConfiguredServersResolver(options, _clock, NullLogger<ConfiguredServersResolver>.Instance);
        return await resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(name), DnsRecordType.TXT), CancellationToken.None);
    }
}

public sealed class OutageTests
{
    [Fact]
    public async Task AFailingServer_IsNeverTakenForAMissingProof()
    {
        var world = new DnsWorld();
        world.Zone("acme.example");
        var resolver = new InMemoryDnsResolver(world);
        resolver.Faults.Add(DnsFault.ServFail().For("_x.acme.example"));

        var lookup = await resolver.ResolveAsync(
            new DnsQuestion(DnsName.Parse("_x.acme.example"), DnsRecordType.TXT), CancellationToken.None);

        Assert.Equal(DnsLookupStatus.ServerFailure, lookup.Status);
        Assert.Equal("_x.acme.example", resolver.Queries[0].Name);
    }
}

public sealed class ClockTour
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Timers_FireInOrderAtTheirOwnTimes()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5), _clock);
        var reminder = Task.Delay(TimeSpan.FromMinutes(1), _clock);

        _clock.Advance(TimeSpan.FromMinutes(2));
        await reminder;
        Assert.False(timeout.IsCancellationRequested);

        _clock.Advance(TimeSpan.FromDays(7));
        Assert.True(timeout.IsCancellationRequested);
    }
}
