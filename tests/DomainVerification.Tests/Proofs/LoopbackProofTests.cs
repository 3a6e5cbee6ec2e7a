using DomainVerification.Dns;
using DomainVerification.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs;

/// <summary>The checker on real sockets: the resolver that hosts run, and a server that answers as ordered.</summary>
public class LoopbackProofTests
{
    public static TheoryData<string, ProofOutcome, string> Cases => new()
    {
        { "right", ProofOutcome.Proved, Proved },
        { "long", ProofOutcome.Proved, Proved },
        { "truncate", ProofOutcome.Proved, Proved },
        { "servfail", ProofOutcome.Inconclusive, ServerFailure },
        { "refused", ProofOutcome.Inconclusive, ServerRefused },
        { "garbage", ProofOutcome.Inconclusive, TimedOut },
        { "garbage-tcp", ProofOutcome.Inconclusive, MalformedAnswer },
        { "drop", ProofOutcome.Inconclusive, TimedOut },
        { "wrong-id", ProofOutcome.Inconclusive, TimedOut },
        { "wrong-question", ProofOutcome.Inconclusive, TimedOut },
        { "other-port", ProofOutcome.Inconclusive, TimedOut },
        { "missing", ProofOutcome.NotProved, RecordNotFound },
        { "other", ProofOutcome.NotProved, ValueMismatch },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Check_OverRealSockets_SaysWhatHappened(string what, ProofOutcome outcome, string code)
    {
        var world = new CheckWorld();
        await using var server = LoopbackDnsServer.Start(world.Dns);
        Arrange(world, server, what);

        // Short only where nothing usable comes, so that a slow machine fails no test.
        var patience = code == TimedOut ? TimeSpan.FromMilliseconds(50) : TimeSpan.FromSeconds(30);
        var report = await world.CheckAsync(Resolver(server, patience));

        Assert.Equal((outcome, code), (report.Outcome, report.Diagnosis.Code));
        Assert.All(report.Observations, observation => Assert.Equal(server.Endpoint.ToString(), observation.Server));
    }

    [Fact]
    public async Task Check_NobodyListens_IsInconclusive()
    {
        var world = new CheckWorld();
        var server = LoopbackDnsServer.Start(world.Dns);
        var resolver = Resolver(server, TimeSpan.FromSeconds(30));
        await server.DisposeAsync();

        var report = await world.CheckAsync(resolver);

        Assert.Equal((ProofOutcome.Inconclusive, Unreachable), (report.Outcome, report.Diagnosis.Code));
    }

    private static void Arrange(CheckWorld world, LoopbackDnsServer server, string what)
    {
        if (what != "missing")
        {
            world.Zone.Txt(CheckWorld.Name, "token=" + (what == "other" ? "x" : CheckWorld.Token));
        }

        if (what == "long")
        {
            world.Zone.Txt(CheckWorld.Name, new string('x', 5000));
        }

        var fault = what switch
        {
            "truncate" => DnsFault.Truncate(),
            "servfail" => DnsFault.ServFail(),
            "refused" => DnsFault.Refused(),
            "garbage" => DnsFault.Garbage(),
            "garbage-tcp" => DnsFault.OfOctets(octets => octets[..^3]).Over(LoopbackTransport.Tcp),
            "drop" => DnsFault.Drop(),
            "wrong-id" => DnsFault.WrongId(),
            "wrong-question" => DnsFault.WrongQuestion(),
            "other-port" => DnsFault.OtherSourcePort(),
            _ => null,
        };
        if (fault is not null)
        {
            server.Faults.Add(fault);
        }

        if (what == "garbage-tcp")
        {
            server.Faults.Add(DnsFault.Truncate());
        }
    }

    private static ConfiguredServersResolver Resolver(LoopbackDnsServer server, TimeSpan patience) => new(
        new DnsResolverOptions
        {
            Servers = { server.Endpoint.ToString() },
            TryTimeout = patience,
            Deadline = TimeSpan.FromMinutes(1),
            TriesPerServer = 1,
        },
        TimeProvider.System,
        NullLogger<ConfiguredServersResolver>.Instance);
}
