namespace DomainVerification.Dns.Tests;

/// <summary>The servers of a known zone are asked before there is a session, and who of them is awaited for how long.</summary>
public sealed class ZoneSendingsTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Moment = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(ServerPoll.MaxServers)]
    public async Task AllHoldTheSameText_ThatIsTheAnswer(int servers)
    {
        HeldZone zone = new([.. Enumerable.Range(0, servers)]);
        using var resolver = zone.Resolver();
        var looking = await AskAsync(zone, resolver, publish: true);
        for (var i = servers - 1; i >= 0; i--)
        {
            Assert.False(looking.IsCompleted);
            zone.Advance(TimeSpan.FromMilliseconds(1));
            zone.Reply(i);
        }

        var lookup = await looking;

        Assert.Equal((DnsLookupStatus.Answered, DnsAnswerSource.ZoneServers), (lookup.Status, lookup.Source));
        Assert.Equal("token", Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        Assert.Equal(DnsName.Parse("acme.example"), lookup.Zone);
        Assert.False(lookup.OnlyText.IsEmpty);
        Assert.Equal(servers, zone.Texts.Texts);
        Assert.Equal(servers, lookup.Attempts.Count);
        Assert.Equal(servers, zone.Sent.Count());
        Assert.Equal([.. Enumerable.Range(0, servers).Select(HeldZone.Address)], lookup.Servers.Select(view => $"{view.Server.Address}"));
        Assert.All(lookup.Servers, view => Assert.Equal(DnsServerStanding.Agrees, view.Standing));
        Assert.All(lookup.Servers, view => Assert.Equal(DnsLookupStatus.Answered, view.Status));
        Assert.Equal(0, zone.Clock.ActiveTimers);
    }

    [Fact]
    public async Task MoreServersThanAreAsked_AreLeftToTheSession()
    {
        HeldZone zone = new([.. Enumerable.Range(0, ServerPoll.MaxServers)]);
        zone.AddServer();
        using var resolver = zone.Resolver();

        var lookup = await await AskAsync(zone, resolver, publish: true, holds: false);

        Assert.Equal(ServerPoll.MaxServers, lookup.Servers.Count);
        Assert.Equal(0, zone.Texts.Texts);
    }

    [Fact]
    public async Task OneSaysSomethingElse_TheSessionGoesOnAtOnce()
    {
        HeldZone zone = new([0, 1, 2]);
        using var resolver = zone.Resolver();
        var looking = await AskAsync(zone, resolver, publish: true);
        var first = true;
        zone[1].Instead = (_, _) => Task.FromResult(first ? Truncated(out first) : null);

        zone.Reply(1);

        // It is asked over TCP while the others are still silent.
        Assert.Equal([HeldZone.Address(1)], zone.SentOverTcp);
        Assert.False(looking.IsCompleted);
        zone.Reply(0);
        zone.Reply(2);
        var lookup = await looking;
        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(4, lookup.Attempts.Count);
        Assert.All(lookup.Servers, view => Assert.Equal(DnsServerStanding.Agrees, view.Standing));
    }

    [Fact]
    public async Task MoreThanHalfHoldTheText_TheOthersHaveAMomentLeft()
    {
        HeldZone zone = new([0, 1, 2, 3]);
        using var resolver = zone.Resolver();
        var looking = await AskAsync(zone, resolver, publish: true);
        zone.Reply(0);
        zone.Reply(2);
        Assert.Equal(0, zone.Clock.ActiveTimers);
        zone.Advance(TimeSpan.FromMilliseconds(100));
        zone.Reply(1);

        zone.Advance(Grace - Moment);
        Assert.False(looking.IsCompleted);
        Assert.Equal([3], zone.Waiting);
        zone.Advance(Moment);

        var lookup = await looking;
        Assert.Empty(zone.Waiting);
        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.False(lookup.OnlyText.IsEmpty);
        Assert.Equal(3, lookup.Attempts.Count);
        var silent = lookup.Servers[3];
        Assert.Equal((DnsServerStanding.NotAwaited, null), (silent.Standing, silent.Status));
        Assert.Equal(TimeSpan.FromMilliseconds(600), silent.Elapsed);
    }

    [Fact]
    public async Task ContradictionInTheirMoment_DoesNotMakeItLonger()
    {
        HeldZone zone = new([0, 1, 2, 3, 4]);
        using var resolver = zone.Resolver();
        var looking = await AskAsync(zone, resolver, publish: true);
        zone[0].Zone("acme.example").Txt("_proof", "other");
        zone.Reply(1);
        zone.Reply(2);
        zone.Reply(3);
        zone.Advance(TimeSpan.FromMilliseconds(200));
        zone.Reply(0);

        zone.Advance(TimeSpan.FromMilliseconds(300));

        var lookup = await looking;
        Assert.Equal("token", Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        Assert.Equal(2, lookup.Servers[0].Records.Count);
        Assert.Equal((DnsServerStanding.NotAwaited, Grace), (lookup.Servers[4].Standing, lookup.Servers[4].Elapsed));
    }

    [Fact]
    public async Task AddressesOfOneHost_AreNotMoreThanHalf()
    {
        HeldZone zone = new([0, 0, 0, 1]);
        using var resolver = zone.Resolver();
        var looking = await AskAsync(zone, resolver, publish: true);
        zone.Reply(0);
        zone.Reply(1);
        zone.Reply(2);
        Assert.Equal(0, zone.Clock.ActiveTimers);

        zone.Reply(3);

        Assert.Equal(DnsLookupStatus.Answered, (await looking).Status);
    }

    [Fact]
    public async Task MomentOfTheLookupBefore_DoesNotEndTheNext()
    {
        HeldZone zone = new([0, 1, 2]);
        using var resolver = zone.Resolver();
        var before = await AskAsync(zone, resolver, publish: true);
        zone.Reply(0);
        zone.Reply(1);
        zone.Advance(TimeSpan.FromMilliseconds(300));
        zone.Reply(2);
        await before;

        zone.Hold();
        var looking = resolver.ResolveAsync(HeldZone.Proof, CancellationToken.None).AsTask();
        zone.Reply(0);
        zone.Reply(1);
        zone.Advance(Grace - Moment);
        Assert.False(looking.IsCompleted);
        zone.Advance(Moment);

        Assert.Equal(DnsServerStanding.NotAwaited, (await looking).Servers[2].Standing);
    }

    [Fact]
    public async Task ClockThatRingsLate_DoesNotEndTheMomentOfTheNext()
    {
        HeldZone zone = new([0, 1, 2]);
        RingingTimeProvider clock = new(zone.Clock);
        using var resolver = zone.Resolver(timeProvider: clock);
        var looking = await AskAsync(zone, resolver, publish: true);
        zone.Reply(0);
        zone.Reply(1);

        zone.Advance(Grace - Moment);
        HeldZone.WithoutContext(clock.Ring);

        Assert.False(looking.IsCompleted);
        Assert.Equal([2], zone.Waiting);
        zone.Advance(Moment);
        var silent = (await looking).Servers[2];
        Assert.Equal((DnsServerStanding.NotAwaited, Grace), (silent.Standing, silent.Elapsed));
    }

    [Fact]
    public async Task CallerGivesUp_NobodyIsAwaitedAndTheNextLookupIsAsTheFirst()
    {
        HeldZone zone = new([0, 1, 2]);
        using var resolver = zone.Resolver(options => options.MaxInFlightPerServer = 1);
        using CancellationTokenSource patience = new();
        var looking = await AskAsync(zone, resolver, publish: true, cancellationToken: patience.Token);
        zone.Reply(1);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => looking);
        Assert.Empty(zone.Waiting);
        var texts = zone.Texts.Texts;
        zone.Hold();
        var next = resolver.ResolveAsync(HeldZone.Proof, CancellationToken.None);
        Array.ForEach([2, 1, 0], zone.Reply);
        Assert.Equal(3, (await next).Attempts.Count);
        Assert.Equal(texts + 3, zone.Texts.Texts);
    }

    [Fact]
    public async Task TransportThrows_SoDoesTheLookup()
    {
        HeldZone zone = new([0, 1, 2]);
        using var resolver = zone.Resolver(options => options.MaxInFlightPerServer = 1);
        var looking = await AskAsync(zone, resolver, publish: true);
        zone[1].Instead = (_, _) => throw new InvalidOperationException("A fault of its own.");
        zone.Reply(1);
        zone.Reply(0);
        zone.Reply(2);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => looking);

        Assert.Equal("A fault of its own.", error.Message);
        zone[1].Instead = null;
        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(HeldZone.Proof, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task NoTurnAtOneServer_TheTurnsAtTheOthersAreGivenBack()
    {
        HeldZone zone = new([0, 1, 2]);
        using var resolver = zone.Resolver(options => options.MaxInFlightPerServer = 1);
        var first = await AskAsync(zone, resolver, publish: true);
        zone.Reply(0);
        zone.Reply(1);
        DnsQuestion other = new(DnsName.Parse("_warm.acme.example"), DnsRecordType.TXT);
        var texts = zone.Texts.Texts;

        var second = resolver.ResolveAsync(other, CancellationToken.None).AsTask();
        zone.Reply(2);

        Assert.Equal(DnsLookupStatus.Answered, (await first).Status);
        Assert.Equal(DnsLookupStatus.Answered, (await second).Status);
        Assert.Equal(texts + 1, zone.Texts.Texts);
        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(other, CancellationToken.None)).Status);
        Assert.Equal(texts + 4, zone.Texts.Texts);
    }

    [Fact]
    public async Task SessionEndsBeforeAllHaveReplied_NobodyIsAwaitedAnyMore()
    {
        HeldZone zone = new([0, 1, 2]);
        using var resolver = zone.Resolver(options => options.MaxInFlightPerServer = 1);
        var looking = await AskAsync(zone, resolver, publish: false);
        zone.Reply(0);
        zone.Reply(1);
        Assert.Equal([2], zone.Waiting);

        zone.Advance(Grace);

        var lookup = await looking;
        Assert.Equal(DnsLookupStatus.NxDomain, lookup.Status);
        Assert.Equal(DnsServerStanding.NotAwaited, lookup.Servers[2].Standing);
        Assert.Empty(zone.Waiting);

        // Its turn is free again: the next look-up goes the short way too.
        Array.ForEach([0, 1, 2], index => zone[index].Zone("acme.example").Txt("_proof", "token"));
        var texts = zone.Texts.Texts;
        Assert.Equal(DnsLookupStatus.Answered, (await resolver.ResolveAsync(HeldZone.Proof, CancellationToken.None)).Status);
        Assert.Equal(texts + 3, zone.Texts.Texts);
    }

    [Fact]
    public async Task ServerThatWasNotAwaited_CanBeAskedForTheNextZone()
    {
        HeldZone zone = new([0, 1, 2]);
        using var resolver = zone.Resolver(options => options.MaxInFlightPerServer = 1);
        zone.AddZone("host.example", 2).Txt("token", "token");
        zone[0].Zone("acme.example").Cname("_proof", "token.host.example.");
        zone[1].Zone("acme.example").Cname("_proof", "token.host.example.");
        var looking = await AskAsync(zone, resolver, publish: false);
        zone.Reply(0);
        zone.Reply(1);

        zone.Advance(Grace);

        var lookup = await looking.WaitAsync(Patience);
        Assert.Equal("token", Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        Assert.Equal(DnsName.Parse("host.example"), lookup.Zone);
    }

    [Fact]
    public async Task OtherTimeToLive_IsToldByWhoHasIt()
    {
        HeldZone zone = new([0, 1]);
        using var resolver = zone.Resolver();
        zone[1].Zone("acme.example").TimeToLive = TimeSpan.FromSeconds(7);

        var lookup = await await AskAsync(zone, resolver, publish: true, holds: false);

        Assert.False(lookup.OnlyText.IsEmpty);
        Assert.Equal(TimeSpan.FromMinutes(5), lookup.Records[0].TimeToLive);
        Assert.Equal([300, 7], lookup.Servers.Select(view => (int)view.Records[0].TimeToLive.TotalSeconds));
    }

    private static DnsExchange Truncated(out bool isFirst)
    {
        isFirst = false;
        return new DnsExchange(DnsExchangeOutcome.Truncated, TimeSpan.Zero);
    }

    private static async Task<Task<DnsLookup>> AskAsync(
        HeldZone zone,
        AuthoritativeResolver resolver,
        bool publish,
        bool holds = true,
        CancellationToken cancellationToken = default)
    {
        await zone.WarmAsync(resolver);
        for (var i = 0; publish && i < zone.Hosts.Count; i++)
        {
            zone[i].Zone("acme.example").Txt("_proof", "token");
        }

        if (holds)
        {
            zone.Hold();
        }

        return resolver.ResolveAsync(HeldZone.Proof, cancellationToken).AsTask();
    }
}
