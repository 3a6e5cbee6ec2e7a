using DomainVerification.Email.Status.Internal;
using DomainVerification.Email.Tests.Hosts;
using DomainVerification.Testing;

namespace DomainVerification.Email.Tests.Checks;

public sealed class RecordCheckerTests
{
    private const string PublicKey = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtest";
    private const string DkimName = "tx-1._domainkey.acme.example";
    private const string MailFrom = "send.acme.example";
    private const string Spf = "v=spf1 include:spf.mail.example ~all";

    private static readonly RecordKey Dkim = new(SendingRecordPurpose.Dkim, "TXT", DkimName, $"v=DKIM1; k=rsa; p={PublicKey}", PublicKey);
    private static readonly RecordKey Alias = new(SendingRecordPurpose.Dkim, "CNAME", DkimName, "tx-1.dkim.mail.example", PublicKey);
    private static readonly RecordKey Spare = Alias with { PublicKey = null };
    private static readonly RecordKey Mx = new(SendingRecordPurpose.MailFromMx, "MX", MailFrom, "bounce.mail.example", null);
    private static readonly RecordKey SpfKey = new(SendingRecordPurpose.MailFromSpf, "TXT", MailFrom, Spf, null);
    private static readonly RecordKey Tracking = new(SendingRecordPurpose.Tracking, "CNAME", "click.acme.example", "t.mail.example", null);
    private static readonly RecordKey Dmarc = new(SendingRecordPurpose.Dmarc, "TXT", "_dmarc.acme.example", "v=DMARC1; p=none;", null);

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=" + PublicKey, null)]
    [InlineData("v=DKIM1;k=rsa;p=" + PublicKey + ";", null)]
    [InlineData("p=" + PublicKey, null)]
    [InlineData("v=DKIM1; h=sha1:sha256; s=email; t=s; p=" + PublicKey, null)]
    [InlineData(" v = DKIM1 ;\t k = rsa; p = MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A MIIBCgKCAQEAtest ", null)]
    [InlineData("v=DKIM1; k=rsa; p=", RecordProblemCodes.KeyRevoked)]
    [InlineData("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAothe", RecordProblemCodes.WrongValue)]
    [InlineData("v=DKIM1; k=ed25519; p=" + PublicKey, RecordProblemCodes.WrongValue)]
    [InlineData("v=DKIM1; h=sha1; p=" + PublicKey, RecordProblemCodes.WrongValue)]
    [InlineData("v=DKIM1; s=other; p=" + PublicKey, RecordProblemCodes.WrongValue)]
    [InlineData("v=DKIM2; p=" + PublicKey, RecordProblemCodes.MalformedValue)]
    [InlineData("k=rsa; v=DKIM1; p=" + PublicKey, RecordProblemCodes.MalformedValue)]
    [InlineData("v=DKIM1; k=rsa", RecordProblemCodes.MalformedValue)]
    [InlineData("v=DKIM1; p=" + PublicKey + "; p=" + PublicKey, RecordProblemCodes.MalformedValue)]
    [InlineData("v=DKIM1; p=%%%", RecordProblemCodes.MalformedValue)]
    [InlineData("hello", RecordProblemCodes.MalformedValue)]
    [InlineData("", RecordProblemCodes.MalformedValue)]
    [InlineData("\"v=DKIM1; k=rsa; p=" + PublicKey + "\"", RecordProblemCodes.EscapedValue)]
    [InlineData("v=DKIM1\\; k=rsa\\; p=" + PublicKey, RecordProblemCodes.EscapedValue)]
    public async Task A_key_record_is_read_as_strict_verifiers_read_it(string text, string? problem) =>
        await AssertAsync(Dkim, world => world.Dns.Zone("acme.example").Txt(DkimName, text), problem);

    [Fact]
    public async Task A_key_in_several_strings_is_one_text()
    {
        var half = "v=DKIM1; k=rsa; p="u8.ToArray();
        var rest = System.Text.Encoding.ASCII.GetBytes(PublicKey);

        await AssertAsync(Dkim, world => world.Dns.Zone("acme.example").Txt(DkimName, [half, rest]), null);
    }

    [Fact]
    public async Task Two_records_at_a_selector_are_no_key() => await AssertAsync(
        Dkim,
        world => world.Dns.Zone("acme.example").Txt(DkimName, Dkim.Value).Txt(DkimName, "something else"),
        RecordProblemCodes.MultipleValues);

    [Fact]
    public async Task A_name_with_the_domain_twice_is_explained()
    {
        await AssertAsync(
            Dkim,
            world => world.Dns.Zone("acme.example").Txt($"{DkimName}.acme.example.", Dkim.Value),
            RecordProblemCodes.DoubledName);
        await AssertAsync(
            Mx,
            world => world.Dns.Zone("acme.example").Mx($"{MailFrom}.acme.example.", 10, Mx.Value),
            RecordProblemCodes.DoubledName);
        await AssertAsync(
            Dkim,
            world => world.Dns.Zone("acme.example").Txt($"{DkimName}.acme.example.", "other"),
            RecordProblemCodes.NotFound);
    }

    [Theory]
    [InlineData("mail.acme.com")]
    [InlineData("acme.com")]
    public async Task A_name_of_a_sub_domain_may_end_in_either_zone_twice(string zone)
    {
        await using var world = new EmailWorld();
        world.Dns.Zone("acme.com").Mx($"send.mail.acme.com.{zone}.", 10, Mx.Value);
        var wanted = Mx with { Name = "send.mail.acme.com" };

        var sight = (await world.Checker.LookAsync(DomainName.Parse("mail.acme.com"), [wanted], default))[wanted];

        Assert.Equal(RecordProblemCodes.DoubledName, sight.Problem?.Code);
    }

    [Fact]
    public async Task An_alias_that_leads_elsewhere_is_in_the_way_and_what_is_behind_it_is_not_shown()
    {
        var sight = await AssertAsync(
            Dkim,
            world =>
            {
                world.Dns.Zone("acme.example").Cname(DkimName, "secret.mail.example");
                world.Dns.Zone("mail.example").Txt("secret", "internal-password");
            },
            RecordProblemCodes.CnameInTheWay);

        Assert.Equal(["CNAME secret.mail.example"], sight.Problem!.Seen);
    }

    [Fact]
    public async Task An_alias_that_leads_to_the_key_is_as_good() => await AssertAsync(
        Dkim,
        world =>
        {
            world.Dns.Zone("acme.example").Cname(DkimName, "k.mail.example");
            world.Dns.Zone("mail.example").Txt("k", Dkim.Value);
        },
        null);

    [Fact]
    public async Task With_aliases_the_target_and_the_key_behind_it_count()
    {
        await AssertAsync(
            Alias,
            world =>
            {
                world.Dns.Zone("acme.example").Cname(DkimName, Alias.Value);
                world.Dns.Zone("mail.example").Txt(Alias.Value, Dkim.Value);
            },
            null);
        await AssertAsync(
            Alias,
            world => world.Dns.Zone("acme.example").Cname(DkimName, Alias.Value),
            RecordProblemCodes.HostRecordMissing);
        await AssertAsync(
            Alias,
            world => world.Dns.Zone("acme.example").Cname(DkimName, "other.mail.example"),
            RecordProblemCodes.CnameInTheWay);
        await AssertAsync(Alias, world => world.Dns.Zone("acme.example").Txt(DkimName, Dkim.Value), null);
        await AssertAsync(Alias, world => world.Dns.Zone("acme.example").Txt(DkimName, "p=AAAA"), RecordProblemCodes.WrongValue);
        await AssertAsync(Alias, _ => { }, RecordProblemCodes.NotFound);
    }

    [Fact]
    public async Task A_spare_alias_needs_no_key()
    {
        await AssertAsync(Spare, world => world.Dns.Zone("acme.example").Cname(DkimName, Spare.Value), null);
        await AssertAsync(Spare, _ => { }, RecordProblemCodes.NotFound);
        await AssertAsync(
            Spare,
            world => world.Dns.Zone("acme.example").Cname(DkimName, "other.mail.example"),
            RecordProblemCodes.CnameInTheWay);
    }

    [Fact]
    public async Task An_MX_record_must_be_the_only_one()
    {
        await AssertAsync(Mx, world => world.Dns.Zone("acme.example").Mx("send", 20, "BOUNCE.mail.example"), null);
        await AssertAsync(Mx, world => world.Dns.Zone("acme.example").Mx("send", 10, "mx.acme.example"), RecordProblemCodes.WrongValue);
        await AssertAsync(
            Mx,
            world => world.Dns.Zone("acme.example").Mx("send", 10, Mx.Value).Mx("send", 20, "mx.acme.example"),
            RecordProblemCodes.MultipleValues);
        await AssertAsync(Mx, world => world.Dns.Zone("acme.example").Mx("send", 0, "."), RecordProblemCodes.WrongValue);
        await AssertAsync(
            Mx,
            world => world.Dns.Zone("acme.example").Cname("send", "elsewhere.mail.example"),
            RecordProblemCodes.CnameInTheWay);
        await AssertAsync(Mx, world => world.Dns.Zone("acme.example").Txt("send", "x"), RecordProblemCodes.NotFound);
    }

    [Theory]
    [InlineData(Spf, null)]
    [InlineData("V=SPF1 INCLUDE:spf.mail.example -all", null)]
    [InlineData("v=spf1 +include:spf.mail.example mx ?all", null)]
    [InlineData("v=spf1  include:spf.mail.example", null)]
    [InlineData("v=spf1 mx ~all", RecordProblemCodes.WrongValue)]
    [InlineData("v=spf1 ~all include:spf.mail.example", RecordProblemCodes.WrongValue)]
    [InlineData("v=spf1 -include:spf.mail.example ~all", RecordProblemCodes.WrongValue)]
    [InlineData("v=spf1 include:spf.mail.example.evil.example ~all", RecordProblemCodes.WrongValue)]
    [InlineData("v=spf1 include:spf.mail.example. -all", null)]
    [InlineData("v=spf1 -include:spf.mail.example include:spf.mail.example ~all", RecordProblemCodes.WrongValue)]
    [InlineData("v=spf1 include:spf.mail.example foo -all", RecordProblemCodes.MalformedValue)]
    [InlineData("v=spf1 include:spf.mail.example ip4:192.0.2 -all", RecordProblemCodes.MalformedValue)]
    [InlineData("v=spf1 include:spf.mail.example redirect=a.example redirect=b.example", RecordProblemCodes.MalformedValue)]
    [InlineData("v=spf10 include:spf.mail.example ~all", RecordProblemCodes.NotFound)]
    [InlineData("\"v=spf1 include:spf.mail.example ~all\"", RecordProblemCodes.EscapedValue)]
    public async Task An_SPF_record_must_allow_the_host_before_its_all(string text, string? problem) =>
        await AssertAsync(SpfKey, world => world.Dns.Zone("acme.example").Txt("send", text), problem);

    [Fact]
    public async Task Two_SPF_records_are_none_and_other_texts_do_not_matter()
    {
        await AssertAsync(
            SpfKey,
            world => world.Dns.Zone("acme.example").Txt("send", Spf).Txt("send", "v=spf1 mx ~all"),
            RecordProblemCodes.MultipleValues);
        await AssertAsync(SpfKey, world => world.Dns.Zone("acme.example").Txt("send", Spf).Txt("send", "site-verification=1"), null);
    }

    [Fact]
    public async Task A_wider_network_allows_the_host_as_the_plan_says_too()
    {
        var wanted = SpfKey with { Value = "v=spf1 ip4:192.0.2.7 ~all" };

        await AssertAsync(wanted, world => world.Dns.Zone("acme.example").Txt("send", "v=spf1 ip4:192.0.2.0/24 -all"), null);
    }

    [Fact]
    public async Task The_fix_for_an_SPF_record_keeps_what_is_there()
    {
        var sight = await AssertAsync(
            SpfKey,
            world => world.Dns.Zone("acme.example").Txt("send", "v=spf1 mx -all"),
            RecordProblemCodes.WrongValue);

        Assert.Contains("v=spf1 mx include:spf.mail.example -all", sight.Problem!.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tracking_alias_must_lead_to_the_host()
    {
        await AssertAsync(Tracking, world => world.Dns.Zone("acme.example").Cname("click", "t.mail.example"), null);
        await AssertAsync(
            Tracking,
            world => world.Dns.Zone("acme.example").Cname("click", "x.mail.example"),
            RecordProblemCodes.WrongValue);
        await AssertAsync(Tracking, _ => { }, RecordProblemCodes.NotFound);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; rua=mailto:d@acme.example", null)]
    [InlineData("v=DMARC1;p=None", null)]
    [InlineData("v=DMARC1", RecordProblemCodes.MalformedValue)]
    [InlineData("v=DMARC1; p=maybe", RecordProblemCodes.MalformedValue)]
    [InlineData("p=none; v=DMARC1", RecordProblemCodes.NotFound)]
    public async Task Any_DMARC_policy_will_do(string text, string? problem) =>
        await AssertAsync(Dmarc, world => world.Dns.Zone("acme.example").Txt("_dmarc", text), problem);

    [Fact]
    public async Task A_sub_domain_has_the_policy_of_its_registrable_domain()
    {
        await using var world = new EmailWorld();
        world.Dns.Zone("acme.com").Txt("_dmarc", "v=DMARC1; p=reject");
        var wanted = Dmarc with { Name = "_dmarc.mail.acme.com" };

        var sights = await world.Checker.LookAsync(DomainName.Parse("mail.acme.com"), [wanted], default);

        Assert.Equal(SightKind.Found, sights[wanted].Kind);
    }

    [Fact]
    public async Task An_answer_that_says_nothing_is_unknown()
    {
        foreach (var wanted in (RecordKey[])[Dkim, Alias, Spare, Mx, SpfKey, Tracking, Dmarc])
        {
            await AssertUnknownAsync(wanted, DnsFault.ServFail(), RecordProblemCodes.ServerFailure);
            await AssertUnknownAsync(wanted, DnsFault.Drop(), RecordProblemCodes.Unreachable);
        }
    }

    [Fact]
    public async Task A_loop_of_aliases_is_an_answer() => await AssertAsync(
        Dkim,
        world => world.Dns.Zone("acme.example").Cname(DkimName, "b.acme.example").Cname("b", DkimName),
        RecordProblemCodes.AliasBroken);

    [Fact]
    public async Task What_is_shown_is_short_and_printable()
    {
        var sight = await AssertAsync(
            Dkim,
            world => world.Dns.Zone("acme.example").Txt(DkimName, $"v=DKIM1; p=\u001b[31m{new string('x', 600)}"),
            RecordProblemCodes.MalformedValue);

        Assert.All(sight.Problem!.Seen, seen => Assert.InRange(seen.Length, 1, 256));
        Assert.DoesNotContain(sight.Problem.Seen, seen => seen.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_more_than_four_values_are_shown()
    {
        var sight = await AssertAsync(
            Dkim,
            world => world.Dns.Zone("acme.example").ReplaceTxt(DkimName, [.. Enumerable.Range(0, 9).Select(i => $"text {i}")]),
            RecordProblemCodes.MultipleValues);

        Assert.Equal(4, sight.Problem!.Seen.Count);
        Assert.Contains("9 TXT records", sight.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_record_is_looked_for_once()
    {
        await using var world = new EmailWorld();
        world.Dns.Zone("acme.example").Txt("_dmarc", "v=DMARC1; p=none");

        await world.Checker.LookAsync(DomainName.Parse("acme.example"), [Dmarc, Dmarc, Dmarc], default);

        Assert.Single(world.Resolver.Queries);
    }

    private static async Task<Sight> AssertAsync(RecordKey wanted, Action<EmailWorld> publish, string? problem)
    {
        await using var world = new EmailWorld();
        publish(world);
        var sight = (await world.Checker.LookAsync(DomainName.Parse("acme.example"), [wanted], default))[wanted];
        Assert.Equal(problem, sight.Problem?.Code);
        Assert.Equal(problem is null ? SightKind.Found : SightKind.Missing, sight.Kind);
        return sight;
    }

    private static async Task AssertUnknownAsync(RecordKey wanted, DnsFault fault, string problem)
    {
        await using var world = new EmailWorld();
        world.Resolver.Faults.Add(fault);
        var sight = (await world.Checker.LookAsync(DomainName.Parse("acme.example"), [wanted], default))[wanted];
        Assert.Equal((SightKind.Unknown, problem), (sight.Kind, sight.Problem?.Code));
    }
}
