using DomainVerification.Dns;
using DomainVerification.Names.Internal;
using DomainVerification.Proofs.Internal;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;
using DomainVerification.Tests.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs.Batches;

/// <summary>Many checks over real sockets, as hosts make them.</summary>
public class CheckAllOverSocketsTests
{
    private const string Domain = "acme.example";
    private const string Right = "token=" + CheckWorld.Token;

    private static readonly DomainNamePolicy Names = new(PublicSuffixList.BuiltIn);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DnsWorld _world = new();

    [Fact]
    public async Task MixOfProofs_ReportsAreThoseOfSingleChecks()
    {
        var mix = new MixedProofs(Domain, _world.Zone(Domain)).AddAll(8);
        mix.AddText("servfail", ServerFailure, Right);
        mix.AddText("refused", ServerRefused, Right);
        mix.AddText("truncated", Proved, Right);
        mix.AddText("long", Proved, Right, new string('x', 5000));
        mix.AddText("guessed-at", Proved, Right);
        mix.AddText("mistaken", Proved, Right);
        mix.AddText("garbled", Proved, Right);
        await using var server = LoopbackDnsServer.Start(_world);
        server.Faults.Add(DnsFault.ServFail().For($"servfail.{Domain}"))
            .Add(DnsFault.Refused().For($"refused.{Domain}"))
            .Add(DnsFault.Truncate().For($"truncated.{Domain}"))
            .Add(DnsFault.WrongId().ThenAnswer().For($"guessed-at.{Domain}").Over(LoopbackTransport.Udp))
            .Add(DnsFault.WrongQuestion().ThenAnswer().For($"mistaken.{Domain}").Over(LoopbackTransport.Udp))
            .Add(DnsFault.Garbage().ThenAnswer().For($"garbled.{Domain}").Over(LoopbackTransport.Udp));
        await using var resolver = Resolver(server, Patience);

        await AssertSameAsSingleAsync(new DnsProofChecker(resolver, Names, TimeProvider.System), mix);
    }

    [Fact]
    public async Task MixOfProofs_AtTheServersOfTheZone_ReportsAreThoseOfSingleChecks()
    {
        var space = NameSpace.WithAcme(3);
        var mix = new MixedProofs(Domain, space.AcmeZone(1), space.AcmeZone(2), space.AcmeZone(3)).AddAll(8);
        space.AcmeZone(1).Txt("half", Right).Txt("half", "another");
        space.Touch(2, 3);
        mix.AddText("half", PublishedOnSomeServers);
        await using var sockets = new NameSpaceOnSockets(space);
        await using var resolvers = LoopbackDnsServer.Start(space.ResolversWorld);
        await using var fallback = Resolver(resolvers, Patience);
        using TcpDnsTransport streams = new(TimeProvider.System);
        var options = new DnsResolverOptions
        {
            RootHints = [NameSpace.RootAddress],
            FailureRetention = TimeSpan.Zero,
            TryTimeout = Patience,
            Deadline = TimeSpan.FromMinutes(1),
        };

        // On a clock that stands: on a busy machine the last of three servers may be later than the moment that it has after the others.
        await using var resolver = new AuthoritativeResolver(
            options, fallback, sockets, streams, space.Clock, NullLogger<AuthoritativeResolver>.Instance);

        await AssertSameAsSingleAsync(new DnsProofChecker(resolver, Names, TimeProvider.System), mix);
    }

    [Fact]
    public async Task EveryAnswerIsInTheWrongCase_EachIsAskedOverTcp()
    {
        var mix = new MixedProofs(Domain, _world.Zone(Domain)).AddAll(8);
        await using var server = LoopbackDnsServer.Start(_world);
        server.Faults.Add(DnsFault.WrongCase().Over(LoopbackTransport.Udp));
        await using var resolver = Resolver(server, Patience);

        var reports = await new DnsProofChecker(resolver, Names, TimeProvider.System).CheckAllAsync(mix.Requests, 64, default);

        Assert.Equal(mix.Codes, reports.Select(report => report.Diagnosis.Code));
        Assert.All(reports, report => Assert.Equal("tcp", report.Observations[^1].Transport));
    }

    [Fact]
    public async Task NobodyAnswers_EachIsTimedOut()
    {
        var mix = new MixedProofs(Domain, _world.Zone(Domain)).AddAll(4);
        await using var server = LoopbackDnsServer.Start(_world);
        server.Faults.Add(DnsFault.Drop());
        await using var resolver = Resolver(server, TimeSpan.FromMilliseconds(50));

        var reports = await new DnsProofChecker(resolver, Names, TimeProvider.System).CheckAllAsync(mix.Requests, 64, default);

        Assert.All(reports, report => Assert.Equal((ProofOutcome.Inconclusive, TimedOut), (report.Outcome, report.Diagnosis.Code)));
    }

    [Fact]
    public async Task TwoThousand_EachHasItsOwnAnswer()
    {
        var zone = _world.Zone(Domain);
        var requests = Enumerable.Range(0, 2000).Select(number =>
        {
            zone.Txt($"n{number}", number % 3 == 0 ? "token=other" : Right);
            return Request($"n{number}");
        }).ToList();
        await using var server = LoopbackDnsServer.Start(_world);
        await using var resolver = Resolver(server, Patience);

        var reports = await new DnsProofChecker(resolver, Names, TimeProvider.System).CheckAllAsync(requests, 256, default);

        Assert.Equal(
            Enumerable.Range(0, 2000).Select(number => ($"n{number}.{Domain} TXT", number % 3 == 0 ? ValueMismatch : Proved)),
            reports.Select(report => (report.Observations[0].Question, report.Diagnosis.Code)));
    }

    [Fact]
    public async Task SameRequestManyTimes_IsOneQuery_AndAllHaveItsAnswer()
    {
        _world.Zone(Domain).Txt("n", Right);
        await using var server = LoopbackDnsServer.Start(_world);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Faults.Add(DnsFault.Hold(release.Task));
        await using var resolver = Resolver(server, Patience);

        var checking = new DnsProofChecker(resolver, Names, TimeProvider.System).CheckAllAsync(
            [.. Enumerable.Repeat(Request("n"), 64)], 64, default);
        using CancellationTokenSource patience = new(Patience);
        await server.WaitForQueriesAsync(1, patience.Token);
        release.SetResult();

        Assert.Equal(Enumerable.Repeat(ProofOutcome.Proved, 64), (await checking).Select(report => report.Outcome));
        Assert.Single(server.Queries);
    }

    [Theory]
    [InlineData(TokenMatch.Current, false, ProofOutcome.Proved)]
    [InlineData(TokenMatch.Current, true, ProofOutcome.Proved)]
    [InlineData(TokenMatch.None, false, ProofOutcome.NotProved)]
    [InlineData(TokenMatch.None, true, ProofOutcome.NotProved)]
    public async Task IssuerOfTheHost_IsAskedForEach_AndHasTheLastWord(TokenMatch answer, bool takesItsTime, ProofOutcome outcome)
    {
        var zone = _world.Zone(Domain);
        DecoratedIssuer issuer = new(TestProfiles.Issuer(_ => { }), _ => answer) { TakesItsTime = takesItsTime };
        var requests = Enumerable.Range(0, 200).Select(number =>
        {
            zone.Txt($"n{number}", Right);
            return Request($"n{number}", issuer);
        }).ToList();
        await using var server = LoopbackDnsServer.Start(_world);
        await using var resolver = Resolver(server, Patience);

        var reports = await new DnsProofChecker(resolver, Names, TimeProvider.System).CheckAllAsync(requests, 64, default);

        Assert.All(reports, report => Assert.Equal(outcome, report.Outcome));

        // More often where there is no proof, to tell why.
        Assert.InRange(issuer.Matches, 200, outcome == ProofOutcome.Proved ? 200 : int.MaxValue);
    }

    private static async Task AssertSameAsSingleAsync(DnsProofChecker checker, MixedProofs mix)
    {
        // Whoever looks first walks down to the zone; the others know the way.
        await checker.CheckAsync(mix.Requests[0], default);
        List<string> single = [];
        foreach (var request in mix.Requests)
        {
            single.Add(ReportText.Of(await checker.CheckAsync(request, default)));
        }

        var many = await checker.CheckAllAsync(mix.Requests, 64, default);

        Assert.Equal(mix.Codes, many.Select(report => report.Diagnosis.Code));
        Assert.All(single.Zip(many), pair => Assert.Equal(pair.First, ReportText.Of(pair.Second)));
    }

    private static ProofRequest Request(string label, ITokenIssuer? issuer = null) => ProofRequests.For(
        Domain,
        new ChallengeRecord { Method = ProofMethod.DnsTxt, Name = $"{label}.{Domain}", ValueFormat = "token={token}" },
        issuer: issuer);

    private static ConfiguredServersResolver Resolver(LoopbackDnsServer server, TimeSpan patience) => new(
        new DnsResolverOptions
        {
            Servers = { server.Endpoint.ToString() },
            TryTimeout = patience,
            Deadline = TimeSpan.FromMinutes(1),
            TriesPerServer = 1,
            FailureRetention = TimeSpan.Zero,
        },
        TimeProvider.System,
        NullLogger<ConfiguredServersResolver>.Instance);
}
