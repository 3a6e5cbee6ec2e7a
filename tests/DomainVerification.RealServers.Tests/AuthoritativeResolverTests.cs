using DomainVerification.Dns;
using DomainVerification.RealServers.Tests.Hosts;
using DomainVerification.RealServers.Tests.Programs;
using DomainVerification.RealServers.Tests.Servers;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.RealServers.Tests;

/// <summary>The walk from the root to a zone's own servers, through a name space of BIND, Knot and NSD.</summary>
[NeedsPrograms("named", "rndc", "nsupdate", "knotd", "knotc", "knsupdate", "nsd", "nsd-control")]
public sealed class AuthoritativeResolverTests(RealNameSpace space) : IClassFixture<RealNameSpace>, IAsyncDisposable
{
    private const string Bind = "127.0.0.1";
    private const string Knot = "127.0.53.12";
    private const string Nsd = "127.0.53.13";
    private const string Nobody = "127.0.53.99";

    private readonly Host _host = new(
        answersAtOnce: true,
        configure: null,
        dns => (dns.RootHints, dns.TryTimeout, dns.FailureRetention) = ([space.RootHint], TimeSpan.FromSeconds(5), TimeSpan.Zero));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [ServerFact]
    public async Task PublishedEverywhere_IsProved_AndEveryServerIsSeen()
    {
        var zones = await space.AddDomainAsync([Bind, Knot, Nsd], [space.Bind, space.Knot, space.Nsd]);
        var requested = await _host.RequestAsync("ann", zones[0].Name);
        await PublishAsync(requested, zones);

        var verified = await _host.VerifyPublishedAsync(requested);

        Assert.Equal(
            [(Bind, "agrees"), (Knot, "agrees"), (Nsd, "agrees")],
            Standings(verified.Report!));
        Assert.Contains(verified.Report!.Observations, seen => seen.Server == space.RootHint && seen.Question == "example NS");
    }

    [ServerFact]
    public async Task PublishedAtOneOfThree_IsNotProvedYet_AtTwoItIs_TheThirdLags()
    {
        var zones = await space.AddDomainAsync([Bind, Knot, Nsd], [space.Bind, space.Knot, space.Nsd]);
        var requested = await _host.RequestAsync("ann", zones[0].Name);
        await PublishAsync(requested, [zones[0]]);

        var early = await _host.VerifyAsync(requested);
        await PublishAsync(requested, [zones[1]]);
        var verified = await _host.VerifyPublishedAsync(requested);

        Assert.Equal(Codes.PublishedOnSomeServers, early.Report!.Diagnosis.Code);
        Assert.Contains(Bind, early.Report.Diagnosis.Message, StringComparison.Ordinal);
        Assert.Equal([(Bind, "differs"), (Knot, "agrees"), (Nsd, "agrees")], Standings(early.Report));
        Assert.Equal([(Bind, "agrees"), (Knot, "agrees"), (Nsd, "lags")], Standings(verified.Report!));
        Assert.Equal([2L, 2L, 1L], Views(verified.Report!).Select(seen => seen.Serial!.Value));
    }

    [ServerFact]
    public async Task DeadAndLameServers_DoNotBlockAProof()
    {
        var zones = await space.AddDomainAsync([Nobody, Knot, Nsd], [space.Nsd]);
        var requested = await _host.RequestAsync("ann", zones[0].Name);
        await PublishAsync(requested, zones);

        var verified = await _host.VerifyPublishedAsync(requested);

        Assert.Equal([(Knot, "refused"), (Nsd, "agrees"), (Nobody, "unreachable")], Standings(verified.Report!));
    }

    [ServerFact]
    public async Task NoServerHasTheZone_IsALameDelegation()
    {
        var zones = await space.AddDomainAsync([Bind, Knot, Nsd], []);
        Assert.Empty(zones);
        var name = space.NewName();
        await space.DelegateAsync(name, ($"ns1.{name}.", Bind), ($"ns2.{name}.", Nsd));
        var requested = await _host.RequestAsync("ann", name);

        var report = (await _host.VerifyAsync(requested)).Report!;

        Assert.Equal((ProofOutcome.Inconclusive, Codes.LameDelegation), (report.Outcome, report.Diagnosis.Code));
        Assert.Contains($"ns1.{name}, ns2.{name}", report.Diagnosis.Message, StringComparison.Ordinal);
    }

    [ServerFact]
    public async Task DomainIsNotDelegated_DoesNotExist()
    {
        var requested = await _host.RequestAsync("ann", space.NewName());

        var report = (await _host.VerifyAsync(requested)).Report!;

        Assert.Equal((ProofOutcome.NotProved, Codes.DomainNotFound), (report.Outcome, report.Diagnosis.Code));
        Assert.Null(report.RetryAfter);
    }

    [ServerFact]
    public async Task DnameAtTheDomain_IsExplained()
    {
        var zones = await space.AddDomainAsync([Bind, Knot], [space.Bind, space.Knot], "shop IN DNAME elsewhere.example.");
        var requested = await _host.RequestAsync("ann", $"shop.{zones[0].Name}");

        var report = (await _host.VerifyAsync(requested)).Report!;

        Assert.Equal((ProofOutcome.NotProved, Codes.DnameInTheWay), (report.Outcome, report.Diagnosis.Code));
    }

    [ServerFact]
    public async Task ServersOfAnotherDomain_AreFoundByAWalkOfTheirOwn()
    {
        var host = space.NewName();
        await space.DelegateAsync(host, ($"ns1.{host}.", Bind));
        await RealNameSpace.ServeAsync(host, [space.Bind], $"dns IN A {Knot}");
        var name = space.NewName();
        await space.DelegateAsync(name, ($"dns.{host}.", null));
        var zones = await RealNameSpace.ServeAsync(name, [space.Knot]);
        var requested = await _host.RequestAsync("ann", name);
        await PublishAsync(requested, zones);

        var verified = await _host.VerifyPublishedAsync(requested);

        Assert.Equal([(Knot, "agrees")], Standings(verified.Report!));
    }

    [ServerFact]
    public async Task RecordNameDelegatedElsewhere_IsFoundThere()
    {
        var zones = await space.AddDomainAsync([Bind], [space.Bind]);
        var requested = await _host.RequestAsync("ann", zones[0].Name);
        var record = requested.Instructions!.RecordName;
        await zones[0].AddAsync($"{record}. IN NS provider.{zones[0].Name}.", $"provider.{zones[0].Name}. IN A {Nsd}");
        await RealNameSpace.ServeAsync(record, [space.Nsd], $"@ IN TXT \"{requested.Instructions.RecordValue}\"");

        var verified = await _host.VerifyPublishedAsync(requested);

        Assert.Equal([(Nsd, "agrees")], Standings(verified.Report!));
    }

    [ServerFact]
    public async Task LookTooEarly_CostsNoWaiting()
    {
        var zones = await space.AddDomainAsync([Bind, Knot], [space.Bind, space.Knot]);
        var requested = await _host.RequestAsync("ann", zones[0].Name);

        var early = await _host.VerifyAsync(requested);
        await PublishAsync(requested, zones);

        Assert.Equal((Codes.RecordNotFound, null), (early.Report!.Diagnosis.Code, early.Report.RetryAfter));
        await _host.VerifyPublishedAsync(requested);
    }

    [ServerFact]
    public async Task NoWayToAnyServer_TheResolversDecide_AndWithoutThemDnsIsBlocked()
    {
        var zones = await space.AddDomainAsync([Bind], [space.Bind]);
        await using var blocked = BlockedHost(Bind);
        var requested = await blocked.RequestAsync("ann", zones[0].Name);
        await PublishAsync(requested, zones);

        var verified = await blocked.VerifyPublishedAsync(requested);

        Assert.Equal($"{Bind}:{space.Port}", verified.Report!.Observations[^1].Server);
        Assert.All(verified.Report.Observations, seen => Assert.Null(seen.Standing));
        await using var isolated = BlockedHost(Nobody);
        var report = (await isolated.VerifyAsync(await isolated.RequestAsync("ann", zones[0].Name))).Report!;
        Assert.Equal((ProofOutcome.Inconclusive, Codes.DnsBlocked), (report.Outcome, report.Diagnosis.Code));
    }

    /// <summary>A host that reaches nobody but one resolver.</summary>
    private Host BlockedHost(string resolver) => new(
        answersAtOnce: true,
        configure: null,
        dns =>
        {
            dns.Mode = DnsLookupMode.Authoritative;
            dns.RootHints = [$"{Nobody}:{space.Port}"];
            dns.Servers = [$"{resolver}:{space.Port}"];
        });

    private static async Task PublishAsync(ClaimResult requested, IReadOnlyList<ServerZone> zones)
    {
        foreach (var zone in zones)
        {
            await zone.PublishAsync(requested.Instructions!);
        }
    }

    private static IEnumerable<ProofObservation> Views(ProofReport report) =>
        report.Observations.Where(seen => seen.Standing is not null).OrderBy(seen => seen.Server, StringComparer.Ordinal);

    private static IEnumerable<(string Address, string Standing)> Standings(ProofReport report) =>
        Views(report).Select(seen => (DnsServerEndpoint.Parse(seen.Server).Address.ToString(), seen.Standing!));
}
