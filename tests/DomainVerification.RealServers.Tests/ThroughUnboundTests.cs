using System.Diagnostics;
using DomainVerification.RealServers.Tests.Hosts;
using DomainVerification.RealServers.Tests.Programs;
using DomainVerification.RealServers.Tests.Servers;

namespace DomainVerification.RealServers.Tests;

/// <summary>A resolver with a cache between the SDK and the zone's own server.</summary>
public abstract class ThroughUnboundTests(ServerFixture fixture) : AuthoritativeServerTests(fixture)
{
    // Unbound counts times to live in whole seconds of its own clock.
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);

    protected override (ProofOutcome Outcome, string Code) LoopOutcome => (ProofOutcome.Inconclusive, ProofDiagnosisCodes.ServerFailure);

    [ServerFact]
    public Task Verify_UpstreamDoesNotServeTheZone_IsInconclusive() => AssertServerFailureAsync(Fixture.Asked);

    [ServerFact]
    public async Task Verify_UpstreamIsDead_IsInconclusive()
    {
        await using var unbound = new UnboundServer(LoopbackPort.FindFree, patience: TimeSpan.FromMilliseconds(300));
        await unbound.StartAsync();

        await AssertServerFailureAsync(unbound);
    }

    [ServerFact]
    public async Task Verify_ZoneIsNotSignedAsItsParentSays_SaysWhatIsWrong()
    {
        await using var unbound = new UnboundServer(() => Fixture.Authority.Endpoint.Port)
        {
            TrustAnchor = $"example. DS 12345 13 2 {new string('A', 64)}",
        };
        await unbound.StartAsync();
        var zone = await Fixture.Authority.AddZoneAsync();
        await using var host = new Host(Fixture, asked: unbound);

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", zone.Name));

        Assert.Equal(ProofDiagnosisCodes.ServerFailure, result.Report!.Diagnosis.Code);
        Assert.Contains("(SERVFAIL): a DNSKEY record", result.Report.Diagnosis.Message, StringComparison.Ordinal);
    }

    [ServerFact]
    public async Task Verify_LookedBeforePublishing_FailsUntilTheDenialRunsOut()
    {
        var minimum = TimeSpan.FromSeconds(4);
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync(minimum);
        var requested = await host.RequestAsync("tenant-a", zone.Name);

        var sinceBeforeDenial = Stopwatch.StartNew();
        Assert.Equal(minimum, (await host.VerifyAsync(requested)).Report!.RetryAfter);
        var sinceAfterDenial = Stopwatch.StartNew();
        await zone.PublishAsync(requested.Instructions!);

        var denials = 0;
        await Polling.UntilAsync(
            async () =>
            {
                var atMost = minimum - sinceAfterDenial.Elapsed + ClockStep;
                var result = await host.VerifyAsync(requested);
                if (result.Status == ClaimResultStatus.Done)
                {
                    return result;
                }

                Assert.Equal(ProofDiagnosisCodes.RecordNotFound, result.Report!.Diagnosis.Code);
                Assert.Matches("DNS servers may go on denying it for [0-9]+ seconds", result.Report.Diagnosis.Fix);
                Assert.InRange(result.Report.RetryAfter!.Value, minimum - sinceBeforeDenial.Elapsed - ClockStep, atMost);
                denials++;
                return result;
            },
            result => result.Status == ClaimResultStatus.Done,
            result => $"Not verified in time: {result.Error}");

        Assert.True(denials > 0, "The denial was forgotten at once.");
        Assert.True(sinceBeforeDenial.Elapsed > minimum - ClockStep, "The denial was forgotten too early.");
    }

    private async Task AssertServerFailureAsync(RealServer asked)
    {
        await using var host = new Host(Fixture, asked: asked);

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", "unserved.example"));

        Assert.Equal(ClaimResultStatus.Inconclusive, result.Status);
        Assert.Equal(ProofDiagnosisCodes.ServerFailure, result.Report!.Diagnosis.Code);
        Assert.Equal("server_failure", result.Report.Observations[^1].Answer);
        Assert.Equal(0, result.Claim!.Attempts);
    }
}

[NeedsPrograms("named", "rndc", "nsupdate", "dig", "unbound")]
public sealed class BindThroughUnboundTests(ThroughUnbound<BindServer> fixture)
    : ThroughUnboundTests(fixture), IClassFixture<ThroughUnbound<BindServer>>;

[NeedsPrograms("knotd", "knotc", "knsupdate", "dig", "unbound")]
public sealed class KnotThroughUnboundTests(ThroughUnbound<KnotServer> fixture)
    : ThroughUnboundTests(fixture), IClassFixture<ThroughUnbound<KnotServer>>;

[NeedsPrograms("nsd", "nsd-control", "dig", "unbound")]
public sealed class NsdThroughUnboundTests(ThroughUnbound<NsdServer> fixture)
    : ThroughUnboundTests(fixture), IClassFixture<ThroughUnbound<NsdServer>>;
