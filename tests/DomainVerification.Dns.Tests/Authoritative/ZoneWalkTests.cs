using System.Net;

namespace DomainVerification.Dns.Tests;

/// <summary>The walk from the root to the servers of a zone.</summary>
public sealed class ZoneWalkTests
{
    private static readonly DnsQuestion Proof = new(DnsName.Parse("_proof.acme.example"), DnsRecordType.TXT);

    [Fact]
    public async Task W23_Walk_TellsEachServerNoMoreOfTheNameThanItNeeds()
    {
        var space = NameSpace.WithAcme();
        space.Publish("token", 1, 2);

        var lookup = await space.AskAsync();

        Assert.Equal((DnsLookupStatus.Answered, "acme.example"), (lookup.Status, lookup.Zone!.ToString()));
        Assert.Equal(DnsAnswerSource.ZoneServers, lookup.Source);
        Assert.Equal([". NS", "example NS"], space.SentTo(NameSpace.RootAddress));
        Assert.Equal(["acme.example NS"], space.SentTo(NameSpace.TopAddress));
        Assert.Equal(["_proof.acme.example TXT"], space.SentTo(NameSpace.Acme(1)));
        Assert.Equal(["_proof.acme.example TXT"], space.SentTo(NameSpace.Acme(2)));
        Assert.Equal(5, lookup.Attempts.Count);
    }

    [Fact]
    public async Task ZoneCut_IsKeptForFiveMinutes_AnswersNever()
    {
        var space = NameSpace.WithAcme(1);
        var resolver = space.Resolver();
        Assert.Equal(DnsLookupStatus.NxDomain, (await resolver.ResolveAsync(Proof, default)).Status);
        space.Publish("token", 1);
        space.ClearSent();

        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(Proof, default)).Status);
        Assert.Equal([(NameSpace.Acme(1), Proof)], space.Sent);

        space.Clock.Advance(ZoneCuts.Longest);
        await resolver.ResolveAsync(Proof, default);
        Assert.Equal(["acme.example NS"], space.SentTo(NameSpace.TopAddress));
        Assert.Empty(space.SentTo(NameSpace.RootAddress));
    }

    [Fact]
    public async Task NameWithinAZone_IsAskedForOnceOnly_AndFoundThoughItBecomesAZone()
    {
        var space = NameSpace.WithAcme(1);
        space.AcmeZone(1).Txt("_proof.shop", "token");
        var resolver = space.Resolver();
        var question = new DnsQuestion(DnsName.Parse("_proof.shop.acme.example"), DnsRecordType.TXT);
        await resolver.ResolveAsync(question, default);
        Assert.Equal(["shop.acme.example NS", "_proof.shop.acme.example TXT"], space.SentTo(NameSpace.Acme(1)));
        space.ClearSent();

        await resolver.ResolveAsync(question, default);
        Assert.Equal(["_proof.shop.acme.example TXT"], space.SentTo(NameSpace.Acme(1)));

        space.AcmeZone(1).Remove("_proof.shop");
        NameSpace.Delegate(space.AcmeZone(1), "shop.acme.example", ("ns.shop.acme.example", "11.3.0.1"));
        space.Server("11.3.0.1", "shop.acme.example").Zone("shop.acme.example").Txt("_proof", "moved");
        var moved = await resolver.ResolveAsync(question, default);
        Assert.Equal("moved", Assert.IsType<DnsTxtRecord>(Assert.Single(moved.Records)).Text);
    }

    [Fact]
    public async Task W23_GlueOfANameThatTheServerHasNoSayIn_IsNotUsed()
    {
        var space = NameSpace.WithAcme(0);
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "acme.example", ("ns.host.test", null));
        NameSpace.Delegate(space[NameSpace.RootAddress].Zone("."), "test", ("a.nic.test", "11.0.2.1"));
        space.Server("11.0.2.1", "test").Zone("test").Address("ns.host", IPAddress.Parse("11.2.0.1"));
        space.Server("11.2.0.1", "acme.example").Zone("acme.example").Txt("_proof", "true");
        space.Server("11.6.6.6", "acme.example").Zone("acme.example").Txt("_proof", "forged");
        var forged = new DnsARecord(DnsName.Parse("ns.host.test"), TimeSpan.FromHours(1), IPAddress.Parse("11.6.6.6"));
        space[NameSpace.TopAddress].Rewrite(answer => answer.Copy(additionals: [forged]));

        var lookup = await space.AskAsync();

        Assert.Equal("true", Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        Assert.Empty(space.SentTo("11.6.6.6"));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("example")]
    [InlineData("other.example")]
    [InlineData("test")]
    public async Task W23_ReferralThatDoesNotLeadOn_IsNotFollowed(string zone)
    {
        var space = NameSpace.WithAcme(1);
        space.Server("11.6.6.6", "acme.example").Zone("acme.example").Txt("_proof", "forged");
        var host = DnsName.Parse("ns.other.example");
        DnsRecord[] servers = [new DnsNsRecord(DnsName.Parse(zone), TimeSpan.FromHours(1), host)];
        DnsRecord[] glue = [new DnsARecord(host, TimeSpan.FromHours(1), IPAddress.Parse("11.6.6.6"))];
        space[NameSpace.TopAddress].Rewrite(answer => answer.Copy(authorities: servers, additionals: glue));

        var lookup = await space.AskAsync();

        Assert.Equal(DnsLookupStatus.ServerFailure, lookup.Status);
        Assert.Empty(lookup.Records);
        Assert.Empty(space.SentTo("11.6.6.6"));
    }

    [Fact]
    public async Task W16_ServerDeniesANameThatLeadsToOthers_TheQuestionDecides()
    {
        var space = NameSpace.WithAcme(1);
        space.AcmeZone(1).Txt("_proof.a.b", "token");
        var server = space[NameSpace.Acme(1)];
        server.Rewrite(answer => answer.Question!.Type == DnsRecordType.NS ? answer.Copy(code: DnsResponseCode.NxDomain) : null);

        var lookup = await space.AskAsync("_proof.a.b.acme.example");

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(["b.acme.example NS", "_proof.a.b.acme.example TXT"], space.SentTo(NameSpace.Acme(1)));
    }

    [Fact]
    public async Task W23_LongName_IsWalkedInAtMostTenSteps()
    {
        var space = NameSpace.WithAcme(1);
        var name = string.Concat(Enumerable.Repeat("a.", 60)) + "acme.example";

        Assert.Equal(DnsLookupStatus.NxDomain, (await space.AskAsync(name)).Status);

        space.AcmeZone(1).Txt(string.Concat(Enumerable.Repeat("a.", 60)) + "acme.example.", "token");
        space.ClearSent();
        Assert.Equal(DnsLookupStatus.Answered, (await space.AskAsync(name)).Status);
        Assert.True(space.Sent.Count <= 12, $"{space.Sent.Count} queries were sent.");
    }

    [Fact]
    public async Task ServersThatOnlyEachOtherCouldFind_EndTheWalk()
    {
        var space = NameSpace.WithAcme(0);
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "acme.example", ("ns1.loop.example", null));
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "loop.example", ("ns1.acme.example", null));

        var lookup = await space.AskAsync();

        Assert.Equal((DnsLookupStatus.ServerFailure, "no_server_addresses"), (lookup.Status, lookup.Detail));
    }

    [Fact]
    public async Task W23_DelegationThatFansOut_IsBoundedByTheAccount()
    {
        var space = NameSpace.WithAcme(0);
        var top = space[NameSpace.TopAddress].Zone("example");
        for (var i = 0; i < 13; i++)
        {
            NameSpace.Delegate(top, "acme.example", ($"ns.fan{i}.example", null));
            for (var k = 0; k < 13; k++)
            {
                NameSpace.Delegate(top, $"fan{i}.example", ($"ns.fan{i}x{k}.example", null));
                NameSpace.Delegate(top, $"fan{i}x{k}.example", ($"ns.victim.example", "11.9.9.9"));
            }
        }

        var lookup = await space.AskAsync();

        Assert.NotEqual(DnsLookupStatus.Answered, lookup.Status);
        Assert.True(space.Sent.Count <= 60, $"{space.Sent.Count} queries were sent.");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    public async Task DelegationToAnAddressInside_IsNotFollowed(string address)
    {
        var space = NameSpace.WithAcme(0);
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "acme.example", ("ns1.acme.example", address));
        space.Server(address, "acme.example");

        var lookup = await space.AskAsync();

        Assert.Equal((DnsLookupStatus.ServerFailure, "no_server_addresses"), (lookup.Status, lookup.Detail));
        Assert.Empty(space.SentTo(address));
    }

    [Fact]
    public async Task PrivateNameSpace_IsPrivateAltogether_AtThePortOfItsRoot()
    {
        var space = new NameSpace();
        var root = space.Server("10.0.0.1:5353", ".");
        NameSpace.Delegate(root.Zone("."), "acme.example", ("ns1.acme.example", "10.0.0.2"));
        space.Server("10.0.0.2:5353", "acme.example").Zone("acme.example").Txt("_proof", "token");

        var lookup = await space.Resolver(options => options.RootHints = ["10.0.0.1:5353"]).ResolveAsync(Proof, default);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
    }

    [Fact]
    public async Task RecordNameThatIsAZoneOfItsOwn_IsFoundThere()
    {
        var space = NameSpace.WithAcme(1);
        NameSpace.Delegate(space.AcmeZone(1), "_proof.acme.example", ("ns.provider.acme.example", "11.3.0.1"));
        space.Server("11.3.0.1", "_proof.acme.example").Zone("_proof.acme.example").Txt("@", "token");
        var resolver = space.Resolver();

        var lookup = await resolver.ResolveAsync(Proof, default);

        Assert.Equal((DnsLookupStatus.Answered, "_proof.acme.example"), (lookup.Status, lookup.Zone!.ToString()));
        space.ClearSent();
        await resolver.ResolveAsync(Proof, default);
        Assert.Equal([("11.3.0.1", Proof)], space.Sent);
    }

    [Fact]
    public async Task ZoneAndItsChildAtOneServer_IsFoundWithAllServersOfTheChild()
    {
        var space = NameSpace.WithAcme(1);
        var child = space[NameSpace.Acme(1)].Zone("sub.acme.example").NameServers("ns1.acme.example.", "ns2.acme.example.");
        space.AcmeZone(1).Address("ns1", IPAddress.Parse(NameSpace.Acme(1))).Address("ns2", IPAddress.Parse(NameSpace.Acme(2)));
        child.Txt("_proof", "token");
        space.Server(NameSpace.Acme(2), "sub.acme.example").Zone("sub.acme.example").Txt("_proof", "token");

        var lookup = await space.AskAsync("_proof.sub.acme.example");

        Assert.Equal((DnsLookupStatus.Answered, "sub.acme.example"), (lookup.Status, lookup.Zone!.ToString()));
        Assert.Equal(2, lookup.Servers.Count);
    }

    [Fact]
    public async Task ZoneThatMoved_IsFoundAtItsNewServersAtOnce()
    {
        var space = NameSpace.WithAcme(1);
        var resolver = space.Resolver();
        await resolver.ResolveAsync(Proof, default);
        space[NameSpace.Acme(1)].World.RemoveZone("acme.example");
        var top = space[NameSpace.TopAddress].Zone("example");
        top.Remove("acme.example.", DnsRecordType.NS);
        NameSpace.Delegate(top, "acme.example", ("ns.new.example", "11.4.0.1"));
        space.Server("11.4.0.1", "acme.example").Zone("acme.example").Txt("_proof", "token");

        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(Proof, default)).Status);
    }

    [Fact]
    public async Task TopLevelZone_IsAskedAtFourServersAtTheMost()
    {
        var space = NameSpace.WithAcme(0);
        for (var i = 2; i < 9; i++)
        {
            NameSpace.Delegate(space[NameSpace.RootAddress].Zone("."), "example", ($"{(char)('a' + i)}.nic.example", $"11.0.1.{i}"));
            space.Server($"11.0.1.{i}", "example");
        }

        var lookup = await space.AskAsync("_proof.nobody.example");

        Assert.Equal((DnsLookupStatus.NxDomain, "example"), (lookup.Status, lookup.Zone!.ToString()));
        Assert.Equal(4, lookup.Servers.Count);
    }

    [Fact]
    public async Task ServersUnderSeveralTopLevels_AreFoundWithinTheAccountOfOneLookup()
    {
        var space = NameSpace.WithAcme(0);
        var root = space[NameSpace.RootAddress].Zone(".");
        string[] tops = ["org", "com", "biz", "info"];
        foreach (var (top, i) in tops.Select((top, i) => (top, i)))
        {
            NameSpace.Delegate(root, top, ($"a.nic.{top}", $"11.0.9.{i}"));
            var zone = space.Server($"11.0.9.{i}", top).Zone(top);
            NameSpace.Delegate(zone, $"hoster.{top}", ($"ns.hoster.{top}", $"11.8.0.{i}"));
            space.Server($"11.8.0.{i}", $"hoster.{top}", "hoster.net").Zone($"hoster.{top}").Address("dns", IPAddress.Parse($"11.8.0.{i}"));
            for (var host = 0; host < 4; host++)
            {
                space[$"11.8.0.{i}"].Zone("hoster.net").Address($"ns{host}", IPAddress.Parse($"11.8.1.{host}"));
            }
        }

        NameSpace.Delegate(root, "net", ("a.nic.net", "11.0.9.9"));
        var net = space.Server("11.0.9.9", "net").Zone("net");
        NameSpace.Delegate(net, "hoster.net", [.. tops.Select(top => ($"dns.hoster.{top}", (string?)null))]);
        for (var host = 0; host < 4; host++)
        {
            NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "acme.example", ($"ns{host}.hoster.net", null));
            space.Server($"11.8.1.{host}", "acme.example").Zone("acme.example").Txt("_proof", "token");
        }

        var lookup = await space.AskAsync();

        Assert.Equal((DnsLookupStatus.Answered, 4), (lookup.Status, lookup.Servers.Count));
    }

    [Fact]
    public async Task AccountIsSpent_NothingIsSaidOfTheDelegationOrTheNetwork()
    {
        var space = NameSpace.WithAcme(0);
        var top = space[NameSpace.TopAddress].Zone("example");
        for (var i = 0; i < 13; i++)
        {
            NameSpace.Delegate(top, "acme.example", ($"ns.fan{i}.example", null));
            for (var k = 0; k < 13; k++)
            {
                NameSpace.Delegate(top, $"fan{i}.example", ($"ns.fan{i}x{k}.example", null));
            }
        }

        var lookup = await space.AskAsync();

        Assert.Equal((DnsLookupStatus.TimedOut, null, DnsAnswerSource.ZoneServers), (lookup.Status, lookup.Detail, lookup.Source));
    }

    [Fact]
    public async Task Alias_IsFollowedIntoItsZone_AndNothingElseIsBelievedOfTheServerThatHasIt()
    {
        var space = NameSpace.WithAcme(1);
        space.AcmeZone(1).Cname("_proof", "token.host.example.");
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "host.example", ("ns.host.example", "11.5.0.1"));
        space.Server("11.5.0.1", "host.example").Zone("host.example").Txt("token", "true");
        var forged = new DnsTxtRecord(DnsName.Parse("token.host.example"), TimeSpan.FromHours(1), "forged");
        space[NameSpace.Acme(1)].Rewrite(answer => answer.Copy(answers: [.. answer.Answers, forged]));

        var lookup = await space.AskAsync();

        Assert.Equal("true", Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        Assert.Equal("token.host.example", Assert.Single(lookup.Aliases).Target.ToString());
        Assert.Equal("host.example", lookup.Zone!.ToString());
    }

    [Fact]
    public async Task AliasesOfTwoZonesThatLeadToEachOther_AreALoop()
    {
        var space = NameSpace.WithAcme(1);
        space.AcmeZone(1).Cname("_proof", "token.host.example.");
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "host.example", ("ns.host.example", "11.5.0.1"));
        space.Server("11.5.0.1", "host.example").Zone("host.example").Cname("token", "_proof.acme.example.");

        Assert.Equal(DnsLookupStatus.AliasLoop, (await space.AskAsync()).Status);
    }
}
