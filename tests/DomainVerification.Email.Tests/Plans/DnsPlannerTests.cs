using DomainVerification.Dns;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;
using static DomainVerification.Email.Tests.Plans.PlanWorld;
using Codes = DomainVerification.Email.PlanProblemCodes;

namespace DomainVerification.Email.Tests.Plans;

public sealed class DnsPlannerTests
{
    private readonly PlanWorld _world = new();

    [Fact]
    public async Task An_empty_zone_takes_every_record()
    {
        var plan = await _world.PlanAsync(Everything());

        Assert.Equal("acme.com", plan.Zone);
        Assert.Equal(_world.Clock.GetUtcNow(), plan.CheckedAt);
        Assert.Empty(plan.Problems);
        Assert.All(plan.Records, record => PlanAssert.Is(record, PlanAction.Add));
        Assert.Equal(
            [
                "proof _host-challenge", "dkim s1._domainkey", "dkim s2._domainkey",
                "mail_from_mx send", "mail_from_spf send", "tracking links",
            ],
            plan.Records.Select(record => $"{record.Purpose} {record.RelativeName}"));
    }

    [Fact]
    public async Task What_a_plan_says_makes_the_next_one_find_all_there()
    {
        _world.Publish(await _world.PlanAsync(Everything()));

        var second = await _world.PlanAsync(Everything());

        Assert.All(second.Records, record => PlanAssert.Is(record, PlanAction.AlreadyThere));
    }

    [Fact]
    public async Task The_order_of_what_is_wanted_does_not_matter()
    {
        var there = await _world.PlanAsync(Everything());
        var back = await _world.PlanAsync([.. Everything().Reverse()]);

        Assert.Equal(there.ToJson(), back.ToJson());
    }

    [Fact]
    public async Task A_delegated_name_has_a_zone_of_its_own()
    {
        _world.World.Zone("send.acme.com");

        var plan = await _world.PlanAsync(Mx("send.acme.com", "feedback.host.example"), Txt("x.acme.com", "1"));

        Assert.Equal("acme.com", plan.Zone);
        Assert.Equal(
            [("x", "acme.com"), ("@", "send.acme.com")],
            plan.Records.Select(record => (record.RelativeName, record.Zone)));
        Assert.Contains("$ORIGIN send.acme.com.\n", plan.ToZoneFile(), StringComparison.Ordinal);
        Assert.DoesNotContain("send.acme.com", plan.ToZoneFile("acme.com"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_of_another_zone_is_no_zone_of_its_own()
    {
        _world.Acme.Cname("send", "host.example");

        var plan = await _world.PlanAsync(Txt("send.acme.com", "1"));

        Assert.Equal(("acme.com", "send"), (Assert.Single(plan.Records).Zone, plan.Records[0].RelativeName));
    }

    [Fact]
    public async Task A_claimed_sub_domain_lies_in_the_zone_above()
    {
        var plan = await _world.PlanAsync(Request(Txt("x.eu.acme.com", "1")) with { Domain = DomainName.Parse("eu.acme.com") });

        Assert.Equal(("acme.com", "x.eu"), (plan.Zone, Assert.Single(plan.Records).RelativeName));
    }

    [Fact]
    public async Task Equal_records_of_two_identities_become_one()
    {
        var plan = await _world.PlanAsync(
            Cname("s1._domainkey.acme.com", "k.host.example"),
            Cname("S1._domainkey.ACME.com", "K.host.example.") with { Identity = "id-0", TimeToLive = TimeSpan.FromSeconds(60) });

        var record = Assert.Single(plan.Records);
        Assert.Equal(["id-0", "id-1"], record.Identities);
        Assert.Equal(TimeSpan.FromSeconds(60), record.TimeToLive);
    }

    [Fact]
    public async Task Wanted_records_that_cannot_stand_together_are_held_back()
    {
        var plan = await _world.PlanAsync(
            Cname("a.acme.com", "x.host.example"),
            Txt("a.acme.com", "1"),
            Mx("b.acme.com", "x.host.example"),
            Mx("b.acme.com", "y.host.example"),
            Txt("c.acme.com", "1"),
            Txt("c.acme.com", "2"));

        Assert.All(plan.Records.Where(record => record.Name != "c.acme.com"), record =>
            PlanAssert.Is(record, PlanAction.Conflict, Codes.WantedContradict));
        Assert.All(plan.Records.Where(record => record.Name == "c.acme.com"), record => PlanAssert.Is(record, PlanAction.Add));
    }

    [Theory]
    [InlineData("A", "x.acme.com", "192.0.2.1", null)]
    [InlineData("TXT", "x.other.com", "1", null)]
    [InlineData("TXT", "x..acme.com", "1", null)]
    [InlineData("TXT", "x.acme.com", "v=spf1 no-such-thing", null)]
    [InlineData("CNAME", "x.acme.com", "a b", null)]
    [InlineData("CNAME", "x.acme.com", ".", null)]
    [InlineData("MX", "x.acme.com", "mail.host.example", null)]
    [InlineData("MX", "x.acme.com", "mail.host.example", 65536)]
    public async Task What_can_never_be_published_is_refused(string type, string name, string value, int? priority)
    {
        var record = new WantedRecord { Record = new IdentityRecord(type, name, value, priority), Purpose = "other" };

        await Assert.ThrowsAsync<ArgumentException>(() => _world.PlanAsync(record));
        Assert.Empty(_world.Resolver.Queries);
    }

    [Fact]
    public async Task Texts_that_no_record_holds_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _world.PlanAsync(Txt("x.acme.com", new string('a', 16 * 1024 + 1))));
        await Assert.ThrowsAsync<ArgumentException>(() => _world.PlanAsync(Txt("x.acme.com", "\ud800")));
        await Assert.ThrowsAsync<ArgumentException>(() => _world.PlanAsync(Txt("x.acme.com", "1") with { Purpose = "No code" }));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _world.PlanAsync(Txt("x.acme.com", "1") with { TimeToLive = TimeSpan.FromSeconds(-1) }));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => _world.PlanAsync([.. Enumerable.Range(0, DnsPlanRequest.MaximumRecords + 1).Select(i => Txt($"x{i}.acme.com", "1"))]));
    }

    [Fact]
    public async Task A_silent_DNS_gives_a_plan_that_says_so()
    {
        _world.Resolver.Faults.Add(DnsFault.ServFail());

        var plan = await _world.PlanAsync(Request(Everything()) with { AdvisesDmarc = true });

        Assert.Equal([Codes.NotChecked, Codes.ZoneNotChecked], plan.Problems.Select(problem => problem.Code));
        Assert.Equal("acme.com", plan.Zone);
        Assert.All(plan.Records, record =>
        {
            Assert.Equal(PlanAction.Add, record.Action);
            Assert.Contains(record.Problems, problem => problem.Code == Codes.NotChecked);
        });
    }

    [Fact]
    public async Task A_resolver_that_throws_is_a_silent_one()
    {
        var planner = new DnsPlanner(new ThrowingResolver(), PublicSuffixList.BuiltIn, _world.Clock);

        var plan = await planner.PlanAsync(Request(Everything()), CancellationToken.None);

        Assert.All(plan.Records, record => Assert.Contains(record.Problems, problem => problem.Code == Codes.NotChecked));
    }

    [Fact]
    public async Task No_more_is_asked_than_the_options_allow()
    {
        var world = new PlanWorld(new DnsPlannerOptions { MaximumQueries = 5 });

        var plan = await world.PlanAsync(Everything());

        Assert.InRange(world.Resolver.Queries.Count, 1, 5);
        Assert.Contains(plan.Records, record => record.Problems.Any(problem => problem.Code == Codes.NotChecked));
    }

    [Fact]
    public async Task A_fresh_domain_costs_few_questions()
    {
        await _world.PlanAsync(Everything());

        Assert.InRange(_world.Resolver.Queries.Count, 1, 16);
    }

    [Fact]
    public async Task The_deadline_ends_the_asking_but_not_the_plan()
    {
        var planner = new DnsPlanner(new StuckResolver(), PublicSuffixList.BuiltIn, _world.Clock);

        var planning = planner.PlanAsync(Request(Everything()), CancellationToken.None);
        Assert.False(planning.IsCompleted);
        _world.Clock.Advance(TimeSpan.FromSeconds(21));

        Assert.All((await planning).Records, record => Assert.Contains(record.Problems, problem => problem.Code == Codes.NotChecked));
    }

    [Fact]
    public async Task A_cancelled_caller_gets_no_plan()
    {
        using var cancelled = new CancellationTokenSource();
        var planner = new DnsPlanner(new StuckResolver(), PublicSuffixList.BuiltIn, _world.Clock);
        var planning = planner.PlanAsync(Request(Everything()), cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => planning);
    }

    [Theory]
    [InlineData(0, 4, 20)]
    [InlineData(300, 0, 20)]
    [InlineData(300, 65, 20)]
    [InlineData(300, 4, 0)]
    [InlineData(10_001, 4, 301)]
    public void Bounds_out_of_range_are_refused(int queries, int concurrency, int seconds)
    {
        var options = new DnsPlannerOptions
        {
            MaximumQueries = queries,
            MaximumConcurrency = concurrency,
            Deadline = TimeSpan.FromSeconds(seconds),
        };

        Assert.Throws<ArgumentException>(() => new PlanWorld(options));
    }

    [Fact]
    public async Task Purposes_come_from_what_a_claim_already_holds()
    {
        var identity = new ProvisionedIdentity
        {
            Id = "marketing",
            Kind = "marketing",
            Records =
            [
                new IdentityRecord("CNAME", "a._domainkey.acme.com", "a.host.example"),
                new IdentityRecord("MX", "m.acme.com", "mx.host.example", 10),
                new IdentityRecord("TXT", "m.acme.com", "v=spf1 include:_spf.host.example -all"),
                new IdentityRecord("TXT", "acme.com", "v=spf1 include:_spf.host.example -all"),
                new IdentityRecord("CNAME", "t.acme.com", "t.host.example"),
                new IdentityRecord("TXT", "_dmarc.acme.com", "v=DMARC1; p=none"),
                new IdentityRecord("TXT", "x.acme.com", "1"),
            ],
        };
        var challenge = new ChallengeInstructions
        {
            RecordType = "TXT",
            RecordName = "_x.acme.com",
            RelativeName = "_x",
            Zone = Domain,
            RecordValue = "secret",
            Token = "secret",
            TimeToLive = TimeSpan.FromMinutes(1),
            Text = string.Empty,
        };

        var plan = await _world.PlanAsync([WantedRecord.FromChallenge(challenge), .. WantedRecord.FromIdentity(identity)]);

        Assert.Equal(
            ["proof", "dkim", "mail_from_mx", "mail_from_spf", "spf", "tracking", "dmarc", "other"],
            plan.Records.Select(record => record.Purpose));
        Assert.DoesNotContain("secret", plan.ToString() + plan.Records[0], StringComparison.Ordinal);
    }

    private sealed class ThrowingResolver : IDnsResolver
    {
        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("broken");
    }

    private sealed class StuckResolver : IDnsResolver
    {
        public async ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("never");
        }
    }
}
