using System.Text;
using DomainVerification.Dns;
using DomainVerification.RealServers.Tests.Hosts;
using DomainVerification.RealServers.Tests.Programs;
using DomainVerification.RealServers.Tests.Servers;

namespace DomainVerification.RealServers.Tests;

/// <summary>The zone's own server, asked without anybody between.</summary>
public abstract class DirectTests(ServerFixture fixture) : AuthoritativeServerTests(fixture)
{
    // NSID, RFC 5001.
    private const DnsEdnsOptionCode ServerIdentifier = (DnsEdnsOptionCode)3;

    protected override (ProofOutcome Outcome, string Code) LoopOutcome => (ProofOutcome.NotProved, ProofDiagnosisCodes.AliasBroken);

    [ServerFact]
    public async Task Verify_ZoneThatTheServerDoesNotServe_IsInconclusive()
    {
        await using var host = new Host(Fixture);

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", "unserved.example"));

        Assert.Equal(ClaimResultStatus.Inconclusive, result.Status);
        Assert.Equal(ProofDiagnosisCodes.ServerRefused, result.Report!.Diagnosis.Code);
        Assert.Equal("refused", Assert.Single(result.Report.Observations).Answer);
        Assert.Equal(0, result.Claim!.Attempts);
    }

    [ServerFact]
    public async Task Verify_ServerThatOnlyKnowsTheDelegation_IsInconclusive()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync("sub IN NS ns.elsewhere.example.");

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", $"sub.{zone.Name}"));

        Assert.Equal(ClaimResultStatus.Inconclusive, result.Status);
        Assert.Equal(ProofDiagnosisCodes.ServerFailure, result.Report!.Diagnosis.Code);
    }

    [ServerFact]
    public async Task Verify_FirstServerIsNotThere_AsksTheSecond()
    {
        await using var host = new Host(Fixture, configureDns: dns => dns.Servers.Add($"127.0.0.1:{LoopbackPort.FindFree()}"));
        var zone = await Fixture.Authority.AddZoneAsync();
        var requested = await host.RequestAsync("tenant-a", zone.Name);

        await zone.PublishAsync(requested.Instructions!);

        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal(["unreachable", "answered"], verified.Report!.Observations.Select(seen => seen.Answer));
    }

    [ServerFact]
    public async Task Verify_RightAfterPublishing_SeesWhatWasMissingBefore()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync(TimeSpan.FromHours(1));
        var requested = await host.RequestAsync("tenant-a", zone.Name);
        Assert.Equal(ClaimResultStatus.NotProved, (await host.VerifyAsync(requested)).Status);

        await zone.PublishAsync(requested.Instructions!);

        Assert.Equal(ClaimResultStatus.Done, (await host.VerifyAsync(requested)).Status);
    }

    [ServerFact]
    public async Task Exchange_WithEdnsOption_BringsTheServersAnswerToIt()
    {
        var zone = await Fixture.Authority.AddZoneAsync();
        var edns = new DnsEdns { Options = [new DnsEdnsOption(ServerIdentifier, default)] };
        var query = new DnsQuery(new DnsQuestion(DnsName.Parse(zone.Name), DnsRecordType.SOA), default, edns);

        var answer = await Fixture.Asked.AskOnceAsync(query);

        var option = Assert.Single(answer!.Edns!.Options, option => option.Code == ServerIdentifier);
        Assert.Equal(Fixture.Authority.Identity, Encoding.ASCII.GetString(option.Data.Span));
    }
}

[NeedsPrograms("named", "rndc", "nsupdate", "dig")]
public sealed class BindDirectTests(Direct<BindServer> fixture) : DirectTests(fixture), IClassFixture<Direct<BindServer>>
{
    // BIND does not show the loop.
    protected override (ProofOutcome Outcome, string Code) LoopOutcome => (ProofOutcome.Inconclusive, ProofDiagnosisCodes.ServerFailure);
}

[NeedsPrograms("knotd", "knotc", "knsupdate", "dig")]
public sealed class KnotDirectTests(Direct<KnotServer> fixture) : DirectTests(fixture), IClassFixture<Direct<KnotServer>>;

[NeedsPrograms("nsd", "nsd-control", "dig")]
public sealed class NsdDirectTests(Direct<NsdServer> fixture) : DirectTests(fixture), IClassFixture<Direct<NsdServer>>;
