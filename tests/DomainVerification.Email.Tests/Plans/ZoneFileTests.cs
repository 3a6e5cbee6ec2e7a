using System.Text;
using DomainVerification.Dns;
using DomainVerification.Email.Plans.Internal;
using FsCheck;
using FsCheck.Fluent;
using static DomainVerification.Email.Tests.Plans.PlanWorld;

namespace DomainVerification.Email.Tests.Plans;

public sealed class ZoneFileTests
{
    private static readonly Gen<byte> Octet = Gen.Choose(0, 255).Select(value => (byte)value);

    private readonly PlanWorld _world = new();

    [Fact]
    public async Task The_fragment_holds_what_must_be_published_and_nothing_else()
    {
        _world.Acme
            .Cname("s1._domainkey", "s1.acme.dkim.host.example")
            .Txt("send", "v=spf1 mx -all")
            .Address("links", System.Net.IPAddress.Loopback);

        var plan = await _world.PlanAsync(Everything());

        var problems = plan.Records
            .SelectMany(record => record.Problems)
            .Select(problem => $"{problem.Code}: {problem.Message} {problem.Fix}");
        Assert.Equal(
            $"""
            ; DNS plan of acme.com, compared with DNS at 2026-11-24 09:30:00 UTC

            $ORIGIN acme.com.

            ; proof of id-1
            _host-challenge 300 IN TXT "token=abc"

            ; dkim of id-1, already there
            ; s1._domainkey 300 IN CNAME s1.acme.dkim.host.example.

            ; dkim of id-1
            s2._domainkey 300 IN TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7"

            ; mail_from_mx of id-1
            send 300 IN MX 10 feedback.host.example.

            ; mail_from_spf of id-1, in the place of what is to be removed
            ; {problems.First()}
            ; remove: send.acme.com TXT v=spf1 mx -all
            send 300 IN TXT "v=spf1 mx include:_spf.host.example -all"

            ; tracking of id-1 (optional), held back by a conflict
            ; {problems.Last()}
            ; there now: links.acme.com A 127.0.0.1
            ; links 300 IN CNAME track.host.example.

            """,
            plan.ToZoneFile());
    }

    [Fact]
    public void Any_octets_come_back_as_they_were() =>
        Prop.ForAll(
            Gen.Choose(0, 1_200).SelectMany(length => Octet.ArrayOf(length)).ToArbitrary(),
            octets =>
            {
                var line = $"x 60 IN TXT {ZoneFileText.Strings(octets)}";
                var record = Assert.Single(ZoneFileReader.Read($"$ORIGIN acme.com.\n{line}\n"));
                Assert.Equal(octets, record.Text);
                Assert.Equal(Math.Max(1, (octets.Length + 254) / 255), record.Fields.Count);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_and_name_of_a_plan_come_back_as_they_were() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            Gen.Choose(1, 20).SelectMany(length => Octet.ArrayOf(length)).ToArbitrary(),
            (text, label) =>
            {
                var value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get));
                var name = DnsName.Parse(string.Concat(label.Select(octet => $"\\{octet:D3}")) + ".acme.com");
                var plan = Plan(new DnsPlanRecord
                {
                    Type = "TXT",
                    Name = name.ToString(),
                    RelativeName = "unused",
                    Zone = "acme.com",
                    Value = value,
                    TimeToLive = TimeSpan.FromMinutes(1),
                    Purpose = value,
                    Identities = [value],
                    Existing = [new ExistingRecord("TXT", value, value, IsReplaced: true)],
                    Problems = [new PlanProblem(value, PlanProblemLevel.Note, value, value)],
                    Action = PlanAction.Add,
                });

                var record = Assert.Single(ZoneFileReader.Read(plan.ToZoneFile()));

                Assert.Equal(Encoding.UTF8.GetBytes(value), record.Text);
                Assert.Equal(label, Encoding.Latin1.GetBytes(record.Owner));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task An_asked_zone_may_have_a_final_dot()
    {
        var plan = await _world.PlanAsync(Everything());

        Assert.Equal(plan.ToZoneFile(), plan.ToZoneFile("ACME.com."));
        Assert.Empty(ZoneFileReader.Read(plan.ToZoneFile("other.com")));
    }

    private static DnsPlan Plan(params DnsPlanRecord[] records) =>
        new() { Domain = Domain, Zone = "acme.com", Records = records, CheckedAt = DateTimeOffset.UnixEpoch };
}
