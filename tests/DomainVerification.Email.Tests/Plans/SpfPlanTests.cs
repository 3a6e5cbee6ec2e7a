using System.Net;
using DomainVerification.Testing;
using static DomainVerification.Email.Tests.Plans.PlanWorld;
using Codes = DomainVerification.Email.PlanProblemCodes;

namespace DomainVerification.Email.Tests.Plans;

public sealed class SpfPlanTests
{
    private readonly PlanWorld _world = new();

    [Fact]
    public async Task A_first_record_is_published_as_wanted()
    {
        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.Add);
        Assert.Equal(1, record.SpfLookups);
    }

    [Fact]
    public async Task An_existing_record_is_merged_never_doubled()
    {
        _world.Acme.Txt("@", "v=spf1 a mx -all").Txt("@", "hello");

        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.Replace, Codes.SpfMerged);
        Assert.Equal("v=spf1 a mx include:_spf.host.example -all", record.Value);
        Assert.Equal(new ExistingRecord("TXT", "acme.com", "v=spf1 a mx -all", IsReplaced: true), Assert.Single(record.Existing));
        Assert.Equal(3, record.SpfLookups);
    }

    [Fact]
    public async Task A_record_that_covers_ours_is_there_already()
    {
        _world.Acme.Txt("@", "v=spf1 mx include:_spf.HOST.example -all");

        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.AlreadyThere);
        Assert.Equal("v=spf1 mx include:_spf.HOST.example -all", record.Value);
    }

    [Fact]
    public async Task Two_records_are_united()
    {
        _world.Acme.Txt("@", "v=spf1 mx -all").Txt("@", "v=spf1 include:_spf.host.example ~all");

        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.Replace, Codes.SpfDuplicate);
        Assert.Equal("v=spf1 include:_spf.host.example mx ~all", record.Value);
        Assert.Equal(2, record.Existing.Count(existing => existing.IsReplaced));
    }

    [Fact]
    public async Task Two_identities_share_one_record()
    {
        _world.World.Zone("other.example").Txt("_spf", "v=spf1 a -all").Address("_spf", IPAddress.Parse("192.0.2.1"));

        var plan = await _world.PlanAsync(
            Txt("acme.com", "v=spf1 include:_spf.host.example ~all", PlanPurposes.Spf),
            Txt("acme.com", "v=spf1 include:_spf.other.example ~all", PlanPurposes.Spf) with { Identity = "id-2" });

        var record = Assert.Single(plan.Records);
        PlanAssert.Is(record, PlanAction.Add);
        Assert.Equal("v=spf1 include:_spf.host.example include:_spf.other.example ~all", record.Value);
        Assert.Equal(["id-1", "id-2"], record.Identities);
        Assert.Equal(3, record.SpfLookups);
    }

    [Theory]
    [InlineData("v=spf1 inlcude:_spf.google.com ~all", "inlcude:_spf.google.com")]
    [InlineData("v=spf1 ip4:1.2.3 ~all", "ip4:1.2.3")]
    public async Task A_broken_record_is_told_and_not_merged(string text, string term)
    {
        _world.Acme.Txt("@", text);

        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.Conflict, Codes.SpfInvalid);
        Assert.Contains(term, record.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(text, Assert.Single(record.Existing).Value);
    }

    [Fact]
    public async Task A_broken_record_among_two_is_told()
    {
        _world.Acme.Txt("@", "v=spf1 oops").Txt("@", "v=spf1 -all");

        PlanAssert.Is(await PlanAsync(), PlanAction.Conflict, Codes.SpfDuplicate, Codes.SpfInvalid);
    }

    [Fact]
    public async Task A_record_behind_an_alias_cannot_be_merged()
    {
        _world.Acme.Cname("one", "one.dns.example").Cname("two", "two.dns.example");
        _world.World.Zone("dns.example")
            .Txt("one", "v=spf1 include:_spf.host.example -all")
            .Txt("two", "v=spf1 include:_spf.host.example -all")
            .Txt("two", "v=spf1 mx -all");
        const string Wanted = "v=spf1 include:_spf.host.example ~all";

        PlanAssert.Is(await _world.PlanOneAsync(Txt("one.acme.com", Wanted)), PlanAction.AlreadyThere);
        PlanAssert.Is(await _world.PlanOneAsync(Txt("two.acme.com", Wanted)), PlanAction.Conflict, Codes.CnameInTheWay);
    }

    [Fact]
    public async Task A_redirect_is_explained()
    {
        _world.Acme.Txt("@", "v=spf1 redirect=_spf.acme.com").Txt("_spf", "v=spf1 mx -all").Mx("_spf", 1, "acme.com");

        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.Replace, Codes.SpfMerged, Codes.SpfRedirect);
        Assert.Equal("v=spf1 include:_spf.host.example redirect=_spf.acme.com", record.Value);
        Assert.Equal(3, record.SpfLookups);
    }

    [Fact]
    public async Task Includes_are_counted_all_the_way_down()
    {
        _world.World.Zone("deep.example")
            .Txt("@", "v=spf1 include:a.deep.example include:b.deep.example -all include:never.deep.example")
            .Txt("a", "v=spf1 include:b.deep.example exists:%{i}.deep.example ip4:192.0.2.1 redirect=never.deep.example -all")
            .Txt("b", "v=spf1 redirect=c.deep.example")
            .Txt("c", "v=spf1 mx ptr ?all")
            .Mx("c", 1, "c.deep.example");
        _world.Acme.Txt("@", "v=spf1 include:deep.example -all");

        var record = await PlanAsync();

        // deep, a, b, c, mx, ptr, exists, b, c, mx, ptr, and ours.
        Assert.Equal(12, record.SpfLookups);
        PlanAssert.Is(record, PlanAction.Conflict, Codes.SpfMerged, Codes.SpfTooManyLookups);
        Assert.Contains("takes 12 look-ups", record.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, PlanAction.Replace)]
    [InlineData(10, PlanAction.Conflict)]
    public async Task Ten_lookups_are_allowed_and_eleven_are_not(int others, PlanAction action)
    {
        for (var i = 0; i < others; i++)
        {
            _world.Acme.Txt($"s{i}", "v=spf1 ip4:192.0.2.1 -all");
        }

        var includes = string.Join(' ', Enumerable.Range(0, others).Select(i => $"include:s{i}.acme.com"));
        _world.Acme.Txt("@", $"v=spf1 {includes} -all");

        var record = await PlanAsync();

        Assert.Equal(action, record.Action);
        Assert.Equal(others + 1, record.SpfLookups);
    }

    [Fact]
    public async Task A_record_that_is_there_but_too_costly_stays_there_and_says_so()
    {
        var includes = string.Join(' ', Enumerable.Range(0, 10).Select(i => $"exists:s{i}.host.example"));
        _world.Acme.Txt("@", $"v=spf1 include:_spf.host.example {includes} -all");

        PlanAssert.Is(await PlanAsync(), PlanAction.AlreadyThere, Codes.SpfTooManyLookups, Codes.SpfTooManyVoidLookups);
    }

    [Fact]
    public async Task A_loop_ends()
    {
        _world.World.Zone("loop.example").Txt("@", "v=spf1 include:b.loop.example").Txt("b", "v=spf1 include:LOOP.example");
        _world.Acme.Txt("@", "v=spf1 include:loop.example -all");

        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.Conflict, Codes.SpfMerged, Codes.SpfLoop);
        Assert.Contains("leads back to", record.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_without_end_is_left()
    {
        var wide = _world.World.Zone("wide.example");
        for (var depth = 0; depth < 30; depth++)
        {
            wide.Txt($"d{depth}", $"v=spf1 include:d{depth + 1}.wide.example include:d{depth + 1}.wide.example -all");
        }

        _world.Acme.Txt("@", "v=spf1 include:d0.wide.example -all");

        var record = await PlanAsync();

        Assert.InRange(record.SpfLookups!.Value, 11, 40);
        Assert.Contains("at least", record.Problems[0].Message, StringComparison.Ordinal);
        Assert.InRange(_world.Resolver.Queries.Count, 1, 50);
    }

    [Fact]
    public async Task Lookups_that_find_nothing_are_counted()
    {
        _world.Acme.Txt("@", "v=spf1 a:gone.acme.com mx:gone.acme.com exists:gone.acme.com a:here.acme.com -all");
        _world.Acme.Address("here", IPAddress.IPv6Loopback);

        PlanAssert.Is(await PlanAsync(), PlanAction.Replace, Codes.SpfMerged, Codes.SpfTooManyVoidLookups);
    }

    [Fact]
    public async Task An_include_without_a_record_is_told()
    {
        _world.Acme.Txt("@", "v=spf1 include:gone.example include:acme.net -all");
        _world.World.Zone("acme.net").Txt("@", "v=spf1 -all").Txt("@", "v=spf1 ?all");

        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.Replace, Codes.SpfMerged, Codes.SpfIncludeBroken);
        Assert.Contains("gone.example, acme.net", record.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=spf1 include:down.example -all")]
    [InlineData("v=spf1 include:%{d}.example.com -all")]
    public async Task What_cannot_be_counted_is_told(string text)
    {
        _world.Acme.Txt("@", text);
        _world.Resolver.Faults.Add(DnsFault.ServFail().For("down.example"));

        var record = await PlanAsync();

        PlanAssert.Is(record, PlanAction.Replace, Codes.SpfMerged, Codes.SpfNotCounted);
        Assert.Equal(2, record.SpfLookups);
    }

    [Theory]
    [InlineData(30, Codes.SpfLong)]
    [InlineData(34, Codes.SpfTooLong)]
    public async Task A_long_record_is_cut_and_warned_of(int networks, string code)
    {
        var terms = string.Join(' ', Enumerable.Range(100, networks).Select(i => $"ip4:10.0.{i}.1"));
        _world.Acme.Txt("@", $"v=spf1 {terms} -all");

        var plan = await _world.PlanAsync(Wanted());

        PlanAssert.Is(Assert.Single(plan.Records), PlanAction.Replace, Codes.SpfMerged, code);
        Assert.Contains("\" \"", plan.ToZoneFile(), StringComparison.Ordinal);
    }

    private static WantedRecord Wanted() => Txt("acme.com", "v=spf1 include:_spf.host.example ~all", PlanPurposes.Spf);

    private Task<DnsPlanRecord> PlanAsync() => _world.PlanOneAsync(Wanted());
}
