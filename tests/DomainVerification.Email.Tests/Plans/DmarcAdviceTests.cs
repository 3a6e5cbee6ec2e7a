using DomainVerification.Testing;
using static DomainVerification.Email.Tests.Plans.PlanWorld;
using Codes = DomainVerification.Email.PlanProblemCodes;

namespace DomainVerification.Email.Tests.Plans;

public sealed class DmarcAdviceTests
{
    private static readonly DomainName Host = DomainName.Parse("host.example");
    private static readonly DomainName Send = DomainName.Parse("send.acme.com");

    private readonly PlanWorld _world = new();

    [Theory]
    [InlineData(null, "v=DMARC1; p=none;")]
    [InlineData("dmarc@acme.com", "v=DMARC1; p=none; rua=mailto:dmarc@acme.com")]
    public async Task A_first_record_is_advised(string? address, string value)
    {
        var plan = await PlanAsync(address: address);

        var record = Assert.Single(plan.Records);
        PlanAssert.Is(record, PlanAction.Add, Codes.DmarcMissing);
        Assert.Equal(("TXT", "_dmarc", value), (record.Type, record.RelativeName, record.Value));
        Assert.Equal(("dmarc", true), (record.Purpose, record.IsOptional));
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public async Task Advice_that_was_taken_is_not_given_again()
    {
        _world.Publish(await PlanAsync());

        Assert.Empty((await PlanAsync()).Records);
    }

    [Theory]
    [InlineData("acme.com")]
    [InlineData("eu.acme.com")]
    public async Task A_record_of_the_domain_or_above_it_is_never_touched(string domain)
    {
        _world.Acme.Txt("_dmarc", "v=DMARC1; p=reject; rua=mailto:a@acme.com; adkim=r; pct=50");

        var plan = await PlanAsync(domain: domain);

        Assert.Empty(plan.Records);
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public async Task A_wanted_record_gives_way_to_the_one_that_is_there()
    {
        _world.Acme.Txt("_dmarc", "v=DMARC1; p=reject");

        var plan = await _world.PlanAsync(
            Request(Txt("_dmarc.acme.com", "v=DMARC1; p=none", PlanPurposes.Dmarc)) with { AdvisesDmarc = true });

        var record = Assert.Single(plan.Records);
        PlanAssert.Is(record, PlanAction.AlreadyThere, Codes.DmarcKept);
        Assert.False(Assert.Single(record.Existing).IsReplaced);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject")]
    [InlineData("v=DMARC1; p=none; sp=quarantine")]
    [InlineData("v=DMARC1; p=broken")]
    public async Task A_wanted_record_never_takes_a_sub_domain_out_of_the_policy_above(string text)
    {
        _world.Acme.Txt("_dmarc", text);

        var record = Assert.Single((await PlanWantedBelowAsync()).Records);

        PlanAssert.Is(record, PlanAction.AlreadyThere, Codes.DmarcKept);
        Assert.Equal(("_dmarc.acme.com", text), (Assert.Single(record.Existing).Name, record.Existing[0].Value));
    }

    [Fact]
    public async Task A_wanted_record_below_is_added_where_there_is_no_policy_above()
    {
        _world.Acme.Txt("_dmarc", "not a policy");

        PlanAssert.Is(Assert.Single((await PlanWantedBelowAsync()).Records), PlanAction.Add, Codes.DmarcMissing);
    }

    [Fact]
    public async Task A_wanted_record_below_says_when_the_policy_above_could_not_be_asked_for()
    {
        _world.Resolver.Faults.Add(DnsFault.ServFail().For("_dmarc.acme.com"));

        PlanAssert.Is(Assert.Single((await PlanWantedBelowAsync()).Records), PlanAction.Add, Codes.NotChecked);
    }

    [Fact]
    public async Task A_record_behind_an_alias_counts()
    {
        _world.Acme.Cname("_dmarc", "acme.dmarc.example");
        _world.World.Zone("dmarc.example").Txt("acme", "v=DMARC1; p=none");

        Assert.Empty((await PlanAsync()).Records);
    }

    [Theory]
    [InlineData("v=DMARC1")]
    [InlineData("v=DMARC1;")]
    [InlineData("v=dmarc1; p=none")]
    [InlineData(" v=DMARC1; p=none")]
    [InlineData("v=DMARC1 p=none")]
    [InlineData("v=DMARC1; p=nothing")]
    [InlineData("v=DMARC1; p=none; adkim=strict")]
    [InlineData("v=DMARC1; p=none; sp=x")]
    [InlineData("v=DMARC1; p=none; pct=101")]
    [InlineData("v=DMARC1; p=none; p=reject")]
    [InlineData("v=DMARC1; p=none; oops")]
    public async Task A_broken_record_is_told_and_not_doubled(string text)
    {
        _world.Acme.Txt("_dmarc", text);

        var plan = await PlanAsync();

        Assert.Empty(plan.Records);
        Assert.Equal(Codes.DmarcInvalid, Assert.Single(plan.Problems).Code);
    }

    [Fact]
    public async Task Two_records_are_told()
    {
        _world.Acme.Txt("_dmarc", "v=DMARC1; p=none").Txt("_dmarc", "v=DMARC1; p=reject");

        var plan = await PlanAsync();

        Assert.Empty(plan.Records);
        Assert.Equal(Codes.DmarcDuplicate, Assert.Single(plan.Problems).Code);
    }

    [Fact]
    public async Task Nothing_is_advised_while_DNS_is_silent()
    {
        _world.Resolver.Faults.Add(DnsFault.ServFail().For("_dmarc.acme.com"));

        var plan = await PlanAsync();

        Assert.Empty(plan.Records);
        Assert.Equal(Codes.NotChecked, Assert.Single(plan.Problems).Code);
    }

    [Fact]
    public async Task Relaxed_alignment_takes_any_name_of_the_registrable_domain() =>
        Assert.Empty((await PlanAsync(new PlannedSender(Domain, Domain, Send))).Problems);

    [Fact]
    public async Task Strict_SPF_alignment_fails_for_a_MAIL_FROM_below_while_DKIM_passes()
    {
        _world.Acme.Txt("_dmarc", "v=DMARC1; p=reject; adkim=s; aspf=s");

        var problem = Assert.Single((await PlanAsync(new PlannedSender(Domain, Domain, Send))).Problems);

        Assert.Equal((Codes.DmarcSpfMisaligned, PlanProblemLevel.Note), (problem.Code, problem.Level));
        Assert.Contains("aspf=s", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; adkim=s; aspf=s", PlanProblemLevel.Error)]
    [InlineData("v=DMARC1; p=none; adkim=s; aspf=s", PlanProblemLevel.Warning)]
    public async Task Nothing_that_aligns_fails_mail_where_the_policy_is_enforced(string text, PlanProblemLevel level)
    {
        _world.Acme.Txt("_dmarc", text);

        var problems = (await PlanAsync(new PlannedSender(Domain, Send, Send))).Problems;

        Assert.Equal([Codes.DmarcDkimMisaligned, Codes.DmarcSpfMisaligned], problems.Select(problem => problem.Code));
        Assert.All(problems, problem => Assert.Equal(level, problem.Level));
    }

    [Fact]
    public async Task Signing_as_the_host_never_aligns()
    {
        var problem = Assert.Single((await PlanAsync(new PlannedSender(Domain, Host))).Problems);

        Assert.Equal(Codes.DmarcDkimMisaligned, problem.Code);
        Assert.Contains("host.example", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("@acme.com")]
    [InlineData("a;b@acme.com")]
    [InlineData("a@acme.com, b@acme.com")]
    [InlineData("a!10m@acme.com")]
    [InlineData("a@localhost")]
    public async Task A_report_address_that_would_break_the_record_is_refused(string address) =>
        await Assert.ThrowsAsync<ArgumentException>(() => PlanAsync(address: address));

    private Task<DnsPlan> PlanWantedBelowAsync() => _world.PlanAsync(new DnsPlanRequest
    {
        Domain = DomainName.Parse("eu.acme.com"),
        Records = [Txt("_dmarc.eu.acme.com", "v=DMARC1; p=none", PlanPurposes.Dmarc)],
    });

    private Task<DnsPlan> PlanAsync(PlannedSender sender) => PlanAsync(senders: [sender]);

    private Task<DnsPlan> PlanAsync(string? address = null, string domain = "acme.com", IReadOnlyList<PlannedSender>? senders = null) =>
        _world.PlanAsync(new DnsPlanRequest
        {
            Domain = DomainName.Parse(domain),
            Records = [],
            Senders = senders ?? [],
            DmarcReportAddress = address,
        });
}
