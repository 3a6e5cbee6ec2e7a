using System.Net;
using DomainVerification.Dns;
using DomainVerification.Testing;
using static DomainVerification.Email.Tests.Plans.PlanWorld;
using Codes = DomainVerification.Email.PlanProblemCodes;

namespace DomainVerification.Email.Tests.Plans;

public sealed class ExistingRecordTests
{
    private const string Selector = "s1._domainkey.acme.com";

    private readonly PlanWorld _world = new();

    [Theory]
    [InlineData("TXT")]
    [InlineData("MX")]
    public async Task A_CNAME_in_the_way_is_reported_with_its_target(string type)
    {
        _world.Acme.Cname("send", "old.provider.example");

        var record = await _world.PlanOneAsync(type == "MX" ? Mx("send.acme.com", "f.host.example") : Txt("send.acme.com", "1"));

        PlanAssert.Is(record, PlanAction.Conflict, Codes.CnameInTheWay);
        Assert.Equal(new ExistingRecord("CNAME", "send.acme.com", "old.provider.example"), Assert.Single(record.Existing));
        Assert.Contains("old.provider.example", record.Problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("Remove the CNAME record at send.acme.com", record.Problems[0].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_CNAME_that_leads_to_the_wanted_text_does_the_job()
    {
        _world.Acme.Cname("_x", "x.dns.example");
        _world.World.Zone("dns.example").Txt("x", "token=abc");

        PlanAssert.Is(await _world.PlanOneAsync(Txt("_x.acme.com", "token=abc")), PlanAction.AlreadyThere);
    }

    [Fact]
    public async Task A_loop_of_aliases_is_in_the_way()
    {
        _world.Acme.Cname("a", "b.acme.com").Cname("b", "a.acme.com");

        PlanAssert.Is(await _world.PlanOneAsync(Txt("a.acme.com", "1")), PlanAction.Conflict, Codes.CnameInTheWay);
    }

    [Fact]
    public async Task A_DNAME_above_redirects_the_name()
    {
        _world.Acme.Dname("mail", "mail.other.example");

        PlanAssert.Is(await _world.PlanOneAsync(Txt("x.mail.acme.com", "1")), PlanAction.Conflict, Codes.DnameInTheWay);
        PlanAssert.Is(await _world.PlanOneAsync(Cname("x.mail.acme.com", "k.host.example")), PlanAction.Conflict, Codes.DnameInTheWay);
    }

    [Fact]
    public async Task Other_records_stand_in_the_way_of_a_CNAME()
    {
        _world.Acme.Txt("links", "hello").Mx("links", 5, "mx.acme.com").Address("links", IPAddress.Parse("192.0.2.7"));

        var record = await _world.PlanOneAsync(Cname("links.acme.com", "t.host.example"));

        PlanAssert.Is(record, PlanAction.Conflict, Codes.RecordsInTheWay);
        Assert.Equal(["A", "MX", "TXT"], record.Existing.Select(existing => existing.Type));
        Assert.DoesNotContain("proxy", record.Problems[0].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_alone_may_be_a_proxied_CNAME()
    {
        _world.Acme.Address("links", IPAddress.Parse("192.0.2.7"));

        var record = await _world.PlanOneAsync(Cname("links.acme.com", "t.host.example"));

        PlanAssert.Is(record, PlanAction.Conflict, Codes.RecordsInTheWay);
        Assert.Contains("proxy", record.Problems[0].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_apex_never_takes_a_CNAME() =>
        PlanAssert.Is(await _world.PlanOneAsync(Cname("acme.com", "t.host.example")), PlanAction.Conflict, Codes.RecordsInTheWay);

    [Fact]
    public async Task A_name_with_only_names_below_it_takes_a_CNAME()
    {
        _world.Acme.Txt("below.links", "1");

        PlanAssert.Is(await _world.PlanOneAsync(Cname("links.acme.com", "t.host.example")), PlanAction.Add);
    }

    [Fact]
    public async Task Records_in_the_way_that_could_not_be_looked_for_are_told()
    {
        _world.Acme.Txt("below.links", "1");
        _world.Resolver.Faults.Add(DnsFault.ServFail().For("links.acme.com").OfType(DnsRecordType.MX));

        PlanAssert.Is(await _world.PlanOneAsync(Cname("links.acme.com", "t.host.example")), PlanAction.Add, Codes.NotChecked);
    }

    [Fact]
    public async Task A_CNAME_elsewhere_is_a_conflict()
    {
        _world.Acme.Cname("s1._domainkey", "s1.other.example");

        var record = await _world.PlanOneAsync(Cname(Selector, "s1.host.example"));

        PlanAssert.Is(record, PlanAction.Conflict, Codes.CnameDiffers);
        Assert.Equal("s1.other.example", Assert.Single(record.Existing).Value);
    }

    [Fact]
    public async Task Targets_are_compared_without_case_and_final_dot()
    {
        _world.Acme.Cname("s1._domainkey", "S1.Host.Example").Mx("send", 10, "FEEDBACK.host.example");

        PlanAssert.Is(await _world.PlanOneAsync(Cname(Selector, "s1.host.example.")), PlanAction.AlreadyThere);
        PlanAssert.Is(await _world.PlanOneAsync(Mx("send.acme.com", "feedback.HOST.example")), PlanAction.AlreadyThere);
    }

    [Fact]
    public async Task A_MAIL_FROM_name_has_exactly_one_MX()
    {
        _world.Acme.Mx("send", 10, "feedback.host.example").Mx("send", 20, "mail.acme.com");

        var record = await _world.PlanOneAsync(Mx("send.acme.com", "feedback.host.example"));

        PlanAssert.Is(record, PlanAction.Conflict, Codes.MxDiffers);
        Assert.Equal(["10 feedback.host.example", "20 mail.acme.com"], record.Existing.Select(existing => existing.Value));
    }

    [Fact]
    public async Task Another_preference_is_changed()
    {
        _world.Acme.Mx("send", 5, "feedback.host.example");

        PlanAssert.Is(
            await _world.PlanOneAsync(Mx("send.acme.com", "feedback.host.example")), PlanAction.Replace, Codes.MxPreferenceDiffers);
    }

    [Fact]
    public async Task DKIM_keys_are_compared_by_their_tags()
    {
        var cut = Key.Length / 2;
        _world.Acme.Txt("s1._domainkey", $"p={Key[..cut]} {Key[cut..]};  k=rsa ; n=a note; t=;");

        PlanAssert.Is(await _world.PlanOneAsync(Txt(Selector, $"v=DKIM1; k=rsa; p={Key}", PlanPurposes.Dkim)), PlanAction.AlreadyThere);
    }

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=AAAA")]
    [InlineData("v=DKIM1; k=rsa; p=")]
    [InlineData("v=DKIM1; k=ed25519; p=" + Key)]
    [InlineData("v=DKIM1; k=rsa; t=y; p=" + Key)]
    public async Task Another_DKIM_key_is_replaced(string text)
    {
        _world.Acme.Txt("s1._domainkey", text);

        var record = await _world.PlanOneAsync(Txt(Selector, $"v=DKIM1; k=rsa; p={Key}", PlanPurposes.Dkim));

        PlanAssert.Is(record, PlanAction.Replace, Codes.DkimDiffers);
        Assert.True(Assert.Single(record.Existing).IsReplaced);
    }

    [Fact]
    public async Task A_second_DKIM_key_beside_the_right_one_must_go()
    {
        _world.Acme.Txt("s1._domainkey", $"v=DKIM1; p={Key}").Txt("s1._domainkey", "v=DKIM1; p=AAAA");

        var record = await _world.PlanOneAsync(Txt(Selector, $"v=DKIM1; k=rsa; p={Key}", PlanPurposes.Dkim));

        PlanAssert.Is(record, PlanAction.AlreadyThere, Codes.DkimDuplicate);
        Assert.Equal("v=DKIM1; p=AAAA", Assert.Single(record.Existing).Value);
    }

    [Fact]
    public async Task Strings_of_a_TXT_record_are_joined()
    {
        _world.Acme.Txt("x", ["tok"u8.ToArray(), "en=1"u8.ToArray()]);

        PlanAssert.Is(await _world.PlanOneAsync(Txt("x.acme.com", "token=1")), PlanAction.AlreadyThere);
    }

    [Fact]
    public async Task Unrelated_texts_are_left_alone()
    {
        _world.Acme.Txt("@", "google-site-verification=1");

        var record = await _world.PlanOneAsync(Txt("acme.com", "token=1"));

        PlanAssert.Is(record, PlanAction.Add);
        Assert.Empty(record.Existing);
    }

    [Fact]
    public async Task A_value_with_quotation_marks_is_replaced()
    {
        _world.Acme.Txt("x", "\"token=1\"");

        PlanAssert.Is(await _world.PlanOneAsync(Txt("x.acme.com", "token=1")), PlanAction.Replace, Codes.QuotedValue);
    }

    [Fact]
    public async Task A_doubled_name_is_found_for_every_type()
    {
        var wanted = Everything();
        _world.Acme
            .Txt("_host-challenge.acme.com.acme.com.", "token=abc")
            .Cname("s1._domainkey.acme.com.acme.com.", "s1.acme.dkim.host.example")
            .Mx("send.acme.com.acme.com.", 10, "feedback.host.example");

        var plan = await _world.PlanAsync(wanted);

        var doubled = plan.Records.Where(record => record.Problems.Any(problem => problem.Code == Codes.DoubledName)).ToList();
        Assert.Equal(["_host-challenge", "s1._domainkey", "send"], doubled.Select(record => record.RelativeName));
        Assert.All(doubled, record => PlanAssert.Is(record, PlanAction.Add, Codes.DoubledName));
        Assert.Equal("Remove that record and add it again with the host \"send\".", doubled[2].Problems[0].Fix);
    }

    [Fact]
    public async Task Something_else_at_the_doubled_name_is_none_of_our_business()
    {
        _world.Acme.Txt("x.acme.com.acme.com.", "other");

        PlanAssert.Is(await _world.PlanOneAsync(Txt("x.acme.com", "1")), PlanAction.Add);
    }

    [Fact]
    public async Task A_doubled_target_is_replaced()
    {
        _world.Acme.Cname("s1._domainkey", "s1.host.example.acme.com").Mx("send", 10, "feedback.host.example.acme.com");

        PlanAssert.Is(await _world.PlanOneAsync(Cname(Selector, "s1.host.example")), PlanAction.Replace, Codes.DoubledTarget);
        PlanAssert.Is(
            await _world.PlanOneAsync(Mx("send.acme.com", "feedback.host.example")), PlanAction.Replace, Codes.DoubledTarget);
    }

    [Fact]
    public async Task A_wildcard_is_in_nobodys_way()
    {
        _world.Acme.Cname("*", "parking.example");

        var plan = await _world.PlanAsync(
            Txt("x.acme.com", "1"), Cname("y.acme.com", "t.host.example"), Mx("z.acme.com", "f.host.example"));

        Assert.All(plan.Records, record => PlanAssert.Is(record, PlanAction.Add, Codes.WildcardAnswers));
    }

    [Fact]
    public async Task A_wildcard_of_records_is_in_nobodys_way()
    {
        _world.Acme.Address("*", IPAddress.Parse("192.0.2.9")).Mx("*", 10, "mail.acme.com").Txt("*", "v=spf1 -all");

        var plan = await _world.PlanAsync(Everything());

        Assert.All(plan.Records, record => Assert.Equal(PlanAction.Add, record.Action));
        Assert.Equal("v=spf1 include:_spf.host.example ~all", plan.Records.Single(record => record.Purpose == "mail_from_spf").Value);
    }

    [Fact]
    public async Task A_CNAME_of_the_name_itself_is_no_wildcard()
    {
        _world.Acme.Cname("*", "parking.example").Cname("x", "shop.example");

        PlanAssert.Is(await _world.PlanOneAsync(Txt("x.acme.com", "1")), PlanAction.Conflict, Codes.CnameInTheWay);
    }

    [Fact]
    public async Task A_name_whose_server_fails_is_added_unchecked()
    {
        _world.Resolver.Faults.Add(DnsFault.ServFail().For("x.acme.com"));

        var record = await _world.PlanOneAsync(Txt("x.acme.com", "1"));

        PlanAssert.Is(record, PlanAction.Add, Codes.NotChecked);
    }
}
