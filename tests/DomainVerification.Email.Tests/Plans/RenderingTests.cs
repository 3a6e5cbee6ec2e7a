using System.Text.Json;
using static DomainVerification.Email.Tests.Plans.PlanWorld;

namespace DomainVerification.Email.Tests.Plans;

public sealed class RenderingTests
{
    private readonly PlanWorld _world = new();

    [Fact]
    public async Task People_are_told_the_host_both_ways()
    {
        _world.Acme.Txt("send", "v=spf1 mx -all");

        var plan = await _world.PlanAsync(Mx("send.acme.com", "feedback.host.example"), Everything()[4]);

        var merged = plan.Records[1].Problems[0];
        Assert.Equal(
            $"""
            DNS records of acme.com, compared with DNS at 2026-11-24 09:30 UTC: 2 to do, 0 already there.

            Many DNS providers add the domain to the host by themselves. Enter the short host there: with the full name, the
            domain would stand twice, as in x.acme.com.acme.com, and nobody would find the record.

            1. Add this record (mail_from_mx for id-1)
               Type: MX
               Host (if your provider adds acme.com by itself): send
               Full name: send.acme.com
               Value: feedback.host.example
               Priority: 10
               TTL: 300 seconds

            2. Put this record in the place of what is there (mail_from_spf for id-1)
               Type: TXT
               Host (if your provider adds acme.com by itself): send
               Full name: send.acme.com
               Value: v=spf1 mx include:_spf.host.example -all
               TTL: 300 seconds
               Remove: TXT v=spf1 mx -all
               Note (spf_merged): {merged.Message} {merged.Fix}

            """,
            plan.ToText());
    }

    [Fact]
    public async Task A_value_cannot_leave_its_line()
    {
        var plan = await _world.PlanAsync(Txt("x.acme.com", "a\nType: MX\u202Eb\u2028caf\u00E9 \"q\" \\"));

        Assert.Contains(
            "   Value: a\\010Type: MX\\226\\128\\174b\\226\\128\\168caf\u00E9 \"q\" \\\n",
            plan.ToText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_another_script_is_shown_both_ways()
    {
        var domain = DomainName.Parse("b\u00FCcher.example");

        var plan = await _world.PlanAsync(Request(Txt("x.xn--bcher-kva.example", "1")) with { Domain = domain });

        Assert.StartsWith("DNS records of b\u00FCcher.example (xn--bcher-kva.example), ", plan.ToText(), StringComparison.Ordinal);
        Assert.Matches("^[ -~\n]+$", plan.ToZoneFile());
    }

    [Fact]
    public async Task A_foreign_zone_is_named()
    {
        _world.World.Zone("send.acme.com");

        var plan = await _world.PlanAsync(Mx("send.acme.com", "feedback.host.example"));

        Assert.Contains("   In the zone: send.acme.com\n", plan.ToText(), StringComparison.Ordinal);
        Assert.Contains("(if your provider adds send.acme.com by itself): @\n", plan.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_can_be_embedded_anywhere()
    {
        _world.Acme.Txt("acme.com.", "v=spf1 </script>\u0000\u00E9");

        var plan = await _world.PlanAsync(
            Txt("acme.com", "v=spf1 include:_spf.host.example", PlanPurposes.Spf),
            Txt("x.acme.com", "<b>\u00E9+"));
        var json = plan.ToJson();

        Assert.Matches("^[ -~\n]+$", json);
        Assert.DoesNotContain("<", json, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(json);
        var records = document.RootElement.GetProperty("records");
        Assert.Equal("conflict", records[0].GetProperty("action").GetString());
        Assert.Equal("v=spf1 </script>\\000\\195\\169", records[0].GetProperty("existing")[0].GetProperty("value").GetString());
        Assert.Equal("<b>\u00E9+", records[1].GetProperty("value").GetString());
        Assert.False(records[1].TryGetProperty("priority", out _));
    }

    [Fact]
    public async Task What_DNS_holds_is_shown_short()
    {
        var longText = "v=spf1 oops:" + new string('"', 2_000);
        _world.Acme.Txt("@", longText);

        var plan = await _world.PlanAsync(Txt("acme.com", "v=spf1 include:_spf.host.example", PlanPurposes.Spf));

        Assert.EndsWith("...", Assert.Single(Assert.Single(plan.Records).Existing).Value, StringComparison.Ordinal);
        Assert.InRange(plan.ToText().Length, 1, 2_000);
        Assert.InRange(plan.ToZoneFile().Length, 1, 2_000);
        Assert.InRange(plan.ToJson().Length, 1, 6_000);
    }

    [Fact]
    public async Task Only_so_many_records_are_listed()
    {
        for (var i = 0; i < 40; i++)
        {
            _world.Acme.Mx("send", (ushort)i, $"mx{i}.acme.com");
        }

        var record = await _world.PlanOneAsync(Mx("send.acme.com", "feedback.host.example"));

        Assert.Equal(ExistingRecord.MaximumCount, record.Existing.Count);
    }
}
