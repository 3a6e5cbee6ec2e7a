using DomainVerification.Testing;

namespace DomainVerification.Dns.Tests;

/// <summary>Networks that let no DNS out.</summary>
public sealed class BlockedEgressTests
{
    private static readonly DnsQuestion Proof = new(DnsName.Parse("_proof.acme.example"), DnsRecordType.TXT);

    [Fact]
    public async Task NobodyCanBeHeard_TheResolversDecide()
    {
        var (space, world) = Silent();
        world.Zone("acme.example").Txt("_proof", "token");
        var resolver = space.Resolver();

        var lookup = await resolver.ResolveAsync(Proof, default);

        Assert.Equal((DnsLookupStatus.Answered, DnsAnswerSource.ResolversInstead), (lookup.Status, lookup.Source));
        Assert.Null(lookup.Zone);
        Assert.Single(space.Sent);
        Assert.Contains(lookup.Attempts, attempt => attempt.Server.Address.ToString() == NameSpace.RootAddress);
    }

    [Fact]
    public async Task BlockIsKnown_NobodyOutsideIsAskedForAMinute()
    {
        var (space, world) = Silent();
        world.Zone("acme.example").Txt("_proof", "token");
        var resolver = space.Resolver();
        await resolver.ResolveAsync(Proof, default);
        space.ClearSent();

        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(Proof, default)).Status);
        Assert.Empty(space.Sent);

        space.Clock.Advance(EgressProbe.Memory);
        Open(space);
        Assert.Equal(DnsAnswerSource.ZoneServers, (await resolver.ResolveAsync(Proof, default)).Source);
    }

    [Fact]
    public async Task SomethingOnTheWayAnswersForEverybody_TheResolversDecide()
    {
        var space = NameSpace.WithAcme(1);
        space[NameSpace.RootAddress].Rewrite(answer => answer.Copy(flags: DnsHeaderFlags.Response | DnsHeaderFlags.RecursionAvailable));
        space[NameSpace.RootAddress].World.Zone("acme.example").Txt("_proof", "forged");

        var lookup = await space.AskAsync();

        Assert.Equal((DnsLookupStatus.NxDomain, DnsAnswerSource.ResolversInstead), (lookup.Status, lookup.Source));
    }

    [Fact]
    public async Task OnlyTheZoneIsSilent_NobodyElseDecides()
    {
        var space = NameSpace.WithAcme(2);
        space[NameSpace.Acme(1)].Fail(DnsExchangeOutcome.TimedOut);
        space[NameSpace.Acme(2)].Fail(DnsExchangeOutcome.TimedOut);

        var lookup = await space.AskAsync();

        Assert.Equal((DnsLookupStatus.TimedOut, DnsAnswerSource.ZoneServers), (lookup.Status, lookup.Source));
    }

    [Fact]
    public async Task ZoneIsKnownAndSilent_TheRootTellsWhetherItIsTheNetwork()
    {
        var space = NameSpace.WithAcme(1);
        var resolver = space.Resolver();
        await resolver.ResolveAsync(Proof, default);
        space.Clock.Advance(EgressProbe.Memory);
        space[NameSpace.Acme(1)].Fail(DnsExchangeOutcome.TimedOut);
        space[NameSpace.TopAddress].Fail(DnsExchangeOutcome.TimedOut);
        space.ClearSent();

        var lookup = await resolver.ResolveAsync(Proof, default);

        Assert.Equal((DnsLookupStatus.TimedOut, DnsAnswerSource.ZoneServers), (lookup.Status, lookup.Source));
        Assert.Equal([". NS"], space.SentTo(NameSpace.RootAddress));
    }

    [Fact]
    public void RootHints_AreThoseOfTheRootZone()
    {
        const string File = "/usr/share/dns/root.hints";
        Assert.Equal(26, new RootHints([]).Servers.Count);
        if (!System.IO.File.Exists(File))
        {
            return;
        }

        var listed = System.IO.File.ReadLines(File)
            .Select(line => line.ToLowerInvariant().Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(parts => parts.Length == 4 && parts[2] is "a" or "aaaa")
            .Select(parts => (DnsName.Parse(parts[0]), DnsServerEndpoint.Parse(parts[3])));
        var builtIn = new RootHints([]).Servers.Select(server => (server.HostName, server.Endpoint));
        Assert.Equal(listed.Select(item => $"{item.Item1} {item.Item2}").Order(), builtIn.Select(item => $"{item.HostName} {item.Endpoint}").Order());
    }

    private static (NameSpace Space, DnsWorld Resolvers) Silent()
    {
        var space = new NameSpace();
        return (space, space.ResolversWorld);
    }

    private static void Open(NameSpace space)
    {
        var open = NameSpace.WithAcme(1);
        open.Publish("token", 1);
        space.TakeServersOf(open);
    }
}
