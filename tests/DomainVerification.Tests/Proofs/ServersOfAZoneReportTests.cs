using DomainVerification.Dns;

namespace DomainVerification.Tests.Proofs;

/// <summary>What a report tells of the servers of a zone.</summary>
public class ServersOfAZoneReportTests
{
    private const string Value = "token=" + CheckWorld.Token;

    [Fact]
    public async Task SomeServersHoldTheToken_ThoseThatLackItAreNamed_AndNoOthers()
    {
        var space = NameSpace.WithAcme(3);
        space.Publish(Value, 1);
        space.Touch(2);
        space.Touch(2);
        space.Touch(1);
        space.Publish(Value, 3);

        var report = await CheckAsync(space);

        Assert.Equal(ProofDiagnosisCodes.PublishedOnSomeServers, report.Diagnosis.Code);
        Assert.EndsWith("but not at ns2.acme.example (11.1.0.2).", report.Diagnosis.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatLagsHoldsTheTokenToo_EvidenceIsFromOneThatDoesNot()
    {
        var space = NameSpace.WithAcme(3);
        space.Publish(Value, 1, 2, 3);
        space.Publish("left over", 1);
        space.Touch(2, 3);
        space.Touch(2, 3);

        var report = await CheckAsync(space);

        Assert.Equal(ProofOutcome.Proved, report.Outcome);
        Assert.Contains(report.Observations, seen => seen.Standing == "lags" && seen.Server == "11.1.0.1:53");
        Assert.Equal("11.1.0.2:53", report.Evidence!.Server);
    }

    [Theory]
    [InlineData(DnsExchangeOutcome.Unreachable, "unreachable")]
    [InlineData(DnsExchangeOutcome.TimedOut, "timed_out")]
    [InlineData(DnsExchangeOutcome.Malformed, "failed")]
    public async Task ServerThatSaysNothing_HoldsNothing_AndTheOthersProve(DnsExchangeOutcome outcome, string standing)
    {
        var space = NameSpace.WithAcme(3);
        space.Publish(Value, 1, 2, 3);
        space[NameSpace.Acme(1)].Fail(outcome);

        var report = await CheckAsync(space);

        Assert.Equal(ProofOutcome.Proved, report.Outcome);
        Assert.Equal("11.1.0.2:53", report.Evidence!.Server);
        var ofZone = report.Observations.Where(seen => seen.Standing is not null).ToList();
        Assert.Equal([standing, "agrees", "agrees"], ofZone.OrderBy(seen => seen.Server).Select(seen => seen.Standing));
        Assert.All(ofZone, seen => Assert.Equal(seen.Standing == "agrees" ? 1 : 0, seen.Values.Count));
    }

    [Fact]
    public async Task AliasIntoAnotherZoneOfTheSameServer_StandingIsThatOfTheZoneThatAnswered()
    {
        var space = NameSpace.WithAcme(1);
        space.AcmeZone(1).Cname("_host-challenge", "token.host.example.");
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "host.example", ("ns1.host.example", NameSpace.Acme(1)));
        space[NameSpace.Acme(1)].World.Zone("host.example").Txt("token", Value);

        var report = await CheckAsync(space);

        var standing = Assert.Single(report.Observations, seen => seen.Standing is not null);
        Assert.Equal("token.host.example TXT", standing.Question);
    }

    private static Task<ProofReport> CheckAsync(NameSpace space)
    {
        var world = new CheckWorld { Domain = "acme.example" };
        world.Record = world.Record with { Name = "_host-challenge.acme.example" };
        return world.CheckAsync(space.Resolver());
    }
}
