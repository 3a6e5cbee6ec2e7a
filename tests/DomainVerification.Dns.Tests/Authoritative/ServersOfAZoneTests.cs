namespace DomainVerification.Dns.Tests;

/// <summary>What several servers of one zone say, and what follows from it.</summary>
public sealed class ServersOfAZoneTests
{
    private static readonly DnsQuestion Proof = new(DnsName.Parse("_proof.acme.example"), DnsRecordType.TXT);

    [Fact]
    public async Task AllServersAgree_NobodyIsAskedForItsVersion()
    {
        var space = NameSpace.WithAcme(4);
        space.Publish("token", 1, 2, 3, 4);

        var lookup = await space.AskAsync();

        Assert.Equal("token", Text(lookup));
        Assert.All(lookup.Servers, view => Assert.Equal(DnsServerStanding.Agrees, view.Standing));
        Assert.DoesNotContain(space.Sent, sent => sent.Question.Type == DnsRecordType.SOA);
    }

    public static TheoryData<string, DnsServerStanding> Useless() => new()
    {
        { "silent", DnsServerStanding.TimedOut },
        { "unreachable", DnsServerStanding.Unreachable },
        { "unreadable", DnsServerStanding.Failed },
        { "servfail", DnsServerStanding.Failed },
        { "refused", DnsServerStanding.Refused },
        { "lame", DnsServerStanding.Lame },
        { "lame with data", DnsServerStanding.Lame },
    };

    [Theory]
    [MemberData(nameof(Useless))]
    public async Task ServerThatIsOfNoUse_DoesNotBlockAProof(string fault, DnsServerStanding standing)
    {
        var space = NameSpace.WithAcme(2);
        space.Publish("token", 1);
        Break(space[NameSpace.Acme(2)], fault);

        var lookup = await space.AskAsync();

        Assert.Equal("token", Text(lookup));
        Assert.Equal(
            [(NameSpace.Acme(1), DnsServerStanding.Agrees), (NameSpace.Acme(2), standing)],
            lookup.Servers.Select(view => (view.Server.Address.ToString(), view.Standing)).Order());
    }

    [Theory]
    [InlineData("silent", DnsLookupStatus.TimedOut)]
    [InlineData("unreachable", DnsLookupStatus.Unreachable)]
    [InlineData("unreadable", DnsLookupStatus.Malformed)]
    [InlineData("servfail", DnsLookupStatus.ServerFailure)]
    [InlineData("refused", DnsLookupStatus.Refused)]
    [InlineData("lame with data", DnsLookupStatus.ServerFailure)]
    public async Task AllServersAreOfNoUse_NothingIsProved(string fault, DnsLookupStatus status)
    {
        var space = NameSpace.WithAcme(2);
        space.Publish("token", 1, 2);
        Break(space[NameSpace.Acme(1)], fault);
        Break(space[NameSpace.Acme(2)], fault);

        var lookup = await space.AskAsync();

        Assert.Equal(status, lookup.Status);
        Assert.Empty(lookup.Records);
        Assert.Equal(2, lookup.Servers.Count);
        Assert.Equal(fault == "lame with data" ? "not_authoritative" : null, lookup.Detail);
    }

    [Theory]
    [InlineData(true, DnsServerStanding.Agrees)]
    [InlineData(false, DnsServerStanding.Unreachable)]
    public async Task ServerWithBothKindsOfAddresses_IsAskedAtBoth(bool hasRoute, DnsServerStanding standing)
    {
        const string Address = "2606:4700::53";
        var space = NameSpace.WithAcme(1);
        space.Publish("token", 1);
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "acme.example", ("ns1.acme.example", Address));
        space.Server(Address, "acme.example").Zone("acme.example").Txt("_proof", "token");
        if (!hasRoute)
        {
            space[Address].Fail(DnsExchangeOutcome.Unreachable, SocketErrorCodes.NetworkUnreachable);
        }

        var lookup = await space.AskAsync();

        Assert.Equal("token", Text(lookup));
        Assert.Equal(standing, lookup.Servers.Single(view => view.Server.Address.ToString() == Address).Standing);
        Assert.Equal(DnsServerStanding.Agrees, lookup.Servers.Single(view => view.Server.Address.ToString() == NameSpace.Acme(1)).Standing);
    }

    [Fact]
    public async Task ServerThatIsBehind_HasNoSay()
    {
        var space = NameSpace.WithAcme(2);
        space.Publish("token", 2);

        var lookup = await space.AskAsync();

        Assert.Equal("token", Text(lookup));
        var views = lookup.Servers.ToDictionary(view => view.Server.Address.ToString());
        Assert.Equal(DnsServerStanding.Lags, views[NameSpace.Acme(1)].Standing);
        Assert.Equal(DnsServerStanding.Agrees, views[NameSpace.Acme(2)].Standing);
        Assert.Equal(2u, views[NameSpace.Acme(2)].Serial - views[NameSpace.Acme(1)].Serial);
    }

    [Fact]
    public async Task OneOfThreeServersIsAhead_ItsWordDoesNotCountYet()
    {
        var space = NameSpace.WithAcme(3);
        space.Publish("token", 1);

        var lookup = await space.AskAsync();

        Assert.Equal(DnsLookupStatus.NxDomain, lookup.Status);
        Assert.Equal(DnsServerStanding.Differs, lookup.Servers.Single(view => view.Records.Count > 0).Standing);
    }

    [Fact]
    public async Task TwoOfThreeServersAreAhead_TheirWordCounts()
    {
        var space = NameSpace.WithAcme(3);
        space.Publish("token", 1, 3);

        Assert.Equal("token", Text(await space.AskAsync()));
    }

    [Fact]
    public async Task SecondAddressOfOneServer_IsNoSecondServer()
    {
        var space = NameSpace.WithAcme(3);
        NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "acme.example", ("ns1.acme.example", "11.1.0.9"));
        space.Server("11.1.0.9", "acme.example").Zone("acme.example").Txt("_proof", "token");
        space.Publish("token", 1);

        var lookup = await space.AskAsync();
        Assert.Equal(DnsLookupStatus.NxDomain, lookup.Status);
        Assert.Equal(2, lookup.Servers.Count(view => view.Standing == DnsServerStanding.Differs));
    }

    [Fact]
    public async Task HostInOtherHands_CannotOutvoteTheOthersByManyAddresses()
    {
        var space = NameSpace.WithAcme(3);
        space.Touch(1, 2);
        space.Publish("forged", 3);
        for (var i = 1; i <= 3; i++)
        {
            NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "acme.example", ("ns3.acme.example", $"11.6.6.{i}"));
            space.Server($"11.6.6.{i}", "acme.example").Zone("acme.example").Txt("_proof", "forged").Txt("other", "1");
        }

        var lookup = await space.AskAsync();

        Assert.Equal(DnsLookupStatus.NxDomain, lookup.Status);
        Assert.Equal(4, lookup.Servers.Count(view => view.Standing == DnsServerStanding.Differs));
    }

    [Theory]
    [InlineData("_proof._x.acme.example", "ns.evil.acme.example", "11.6.6.6")]
    [InlineData("_proof._x.acme.example", "ns.evil.example", null)]
    [InlineData("_x.acme.example", "ns.evil.example", null)]
    public async Task HostInOtherHands_CannotLeadTheLookupAway(string name, string host, string? glue)
    {
        for (var i = 0; i < 20; i++)
        {
            var space = NameSpace.WithAcme(3);
            space.Server("11.6.6.6", "_x.acme.example").Zone("_x.acme.example").Txt("_proof", "forged").Txt("@", "forged");
            NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "evil.example", ("ns.evil.example", "11.5.0.1"));
            space.Server("11.5.0.1", "evil.example").Zone("evil.example").Address("ns", System.Net.IPAddress.Parse("11.6.6.6"));
            NameSpace.Delegate(space.AcmeZone(3), "_x.acme.example", (host, glue));

            var lookup = await space.AskAsync(name);

            Assert.Empty(lookup.Records);
            Assert.Empty(space.SentTo("11.6.6.6"));
        }
    }

    [Fact]
    public async Task OneServerOfAProvider_CannotSendItsCustomersElsewhere()
    {
        for (var i = 0; i < 20; i++)
        {
            var space = NameSpace.WithAcme(0);
            var top = space[NameSpace.TopAddress].Zone("example");
            NameSpace.Delegate(top, "acme.example", ("dns.host.example", null));
            NameSpace.Delegate(top, "host.example", ("ns1.host.example", "11.5.0.1"), ("ns2.host.example", "11.5.0.2"));
            space.Server("11.5.0.1", "host.example").Zone("host.example").Address("dns", System.Net.IPAddress.Parse("11.5.0.9"));
            space.Server("11.5.0.2", "host.example").Zone("host.example").Address("dns", System.Net.IPAddress.Parse("11.6.6.6"));
            space.Server("11.5.0.9", "acme.example");
            space.Server("11.6.6.6", "acme.example").Zone("acme.example").Txt("_proof", "forged");

            Assert.Empty((await space.AskAsync()).Records);
            Assert.Empty(space.SentTo("11.6.6.6"));
        }
    }

    [Theory]
    [InlineData(2, 1, DnsLookupStatus.Disputed)]
    [InlineData(3, 1, DnsLookupStatus.NxDomain)]
    [InlineData(3, 2, DnsLookupStatus.Answered)]
    [InlineData(4, 2, DnsLookupStatus.Disputed)]
    [InlineData(4, 3, DnsLookupStatus.Answered)]
    public async Task ServersOfOneVersionContradictEachOther_MoreThanHalfDecide(int servers, int have, DnsLookupStatus status)
    {
        var space = NameSpace.WithAcme(servers);
        space.Publish("token", [.. Enumerable.Range(1, have)]);
        space.Touch([.. Enumerable.Range(have + 1, servers - have)]);

        var lookup = await space.AskAsync();

        Assert.Equal(status, lookup.Status);
        Assert.Equal(status == DnsLookupStatus.Answered ? 1 : 0, lookup.Records.Count);
        Assert.Contains(lookup.Servers, view => view.Standing == DnsServerStanding.Differs);
        Assert.Equal(have, lookup.Servers.Count(view => view.Records.Count == 1));
    }

    [Fact]
    public async Task RecordsCountOneByOne()
    {
        var space = NameSpace.WithAcme(2);
        space.Publish("token", 1, 2);
        space.Publish("only here", 1);
        space.Publish("only there", 2);

        var lookup = await space.AskAsync();

        Assert.Equal("token", Text(lookup));
        Assert.All(lookup.Servers, view => Assert.Equal(DnsServerStanding.Differs, view.Standing));
    }

    [Fact]
    public async Task OneServerHasAnAliasAndTheOtherHasNot_NobodyIsBelieved()
    {
        var space = NameSpace.WithAcme(2);
        space.Publish("token", 1);
        space.AcmeZone(2).Cname("_proof", "elsewhere.acme.example.").Txt("other", "1");

        Assert.Equal(DnsLookupStatus.Disputed, (await space.AskAsync()).Status);
    }

    [Fact]
    public async Task MostServersHaveAnswered_TheOthersHaveAMomentLeft()
    {
        var space = NameSpace.WithAcme(3);
        space.Publish("token", 1, 2, 3);
        space[NameSpace.Acme(3)].Instead = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return null;
        };

        var looking = space.AskAsync();
        await space.Clock.WaitForTimersAsync(1, CancellationToken.None);
        space.Clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(looking.IsCompleted);
        space.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var lookup = await looking;
        Assert.Equal("token", Text(lookup));
        Assert.Equal(
            DnsServerStanding.NotAwaited,
            lookup.Servers.Single(view => view.Server.Address.ToString() == NameSpace.Acme(3)).Standing);
    }

    [Fact]
    public async Task CallerGivesUp_TheLookupEndsAtOnce()
    {
        var space = NameSpace.WithAcme(3);
        using var patience = new CancellationTokenSource();
        space[NameSpace.Acme(1)].Instead = async (_, token) =>
        {
            await patience.CancelAsync();
            token.ThrowIfCancellationRequested();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await space.Resolver().ResolveAsync(Proof, patience.Token));
    }

    [Fact]
    public async Task HostOfManyAddresses_DoesNotCrowdOutTheOthers()
    {
        var space = NameSpace.WithAcme(4);
        for (var i = 1; i <= 60; i++)
        {
            NameSpace.Delegate(space[NameSpace.TopAddress].Zone("example"), "acme.example", ("ns1.acme.example", $"11.7.0.{i}"));
        }

        var lookup = await space.AskAsync();

        Assert.True(lookup.Servers.Count <= ServerPoll.MaxServers, $"{lookup.Servers.Count} servers were asked.");
        Assert.Equal(4, lookup.Servers.Select(view => view.HostName).Distinct().Count());
    }

    private static string Text(DnsLookup lookup) => Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text;

    private static void Break(NameServer server, string fault)
    {
        switch (fault)
        {
            case "silent":
                server.Fail(DnsExchangeOutcome.TimedOut);
                break;
            case "unreachable":
                server.Fail(DnsExchangeOutcome.Unreachable, "connection_refused");
                break;
            case "unreadable":
                server.Fail(DnsExchangeOutcome.Malformed, "name_too_long");
                break;
            case "servfail":
                server.Rewrite(answer => answer.Copy(answers: [], authorities: [], code: DnsResponseCode.ServerFailure));
                break;
            case "refused":
                server.World.RemoveZone("acme.example");
                break;
            case "lame":
                server.Rewrite(answer => answer.Copy(answers: [], authorities: [], flags: DnsHeaderFlags.Response));
                break;
            default:
                server.Rewrite(answer => answer.Copy(flags: DnsHeaderFlags.Response));
                break;
        }
    }
}
