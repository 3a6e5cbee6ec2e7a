using System.Security.Cryptography;
using System.Text;
using DomainVerification.Dns;
using DomainVerification.PublicSuffixes;
using static DomainVerification.Email.Tests.Plans.PlanWorld;

namespace DomainVerification.Email.Tests.Plans;

/// <summary>What BIND and Knot make of the fragments.</summary>
public sealed class RealZoneTests
{
    private static readonly Dictionary<string, string> HostZone = new()
    {
        ["host.example"] = "_spf IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"",
    };

    private static readonly string PublicKey = MakePublicKey();

    [NeedsProgramsFact("named-checkzone")]
    public async Task The_checker_of_BIND_accepts_the_fragment() => await AssertAcceptedAsync(await PlanAsync(new PlanWorld().Resolver));

    [NeedsProgramsFact("named-checkzone")]
    public async Task The_checker_of_BIND_accepts_what_a_hostile_zone_makes_of_it()
    {
        var world = new PlanWorld();
        world.Acme
            .Txt("send", "v=spf1 oops\n@ IN A 127.0.0.1\n$INCLUDE /etc/passwd\r\n\0\" ( \\")
            .Txt("s2._domainkey", "p=\n$GENERATE 1-9 x A 127.0.0.1")
            .Cname("links", "a\\010b\\034\\059\\(.evil.example")
            .Mx("send", 1, "a\\010.evil.example");
        var plan = await PlanAsync(world.Resolver);

        Assert.Contains(plan.Records, record => record.Action == PlanAction.Replace);
        Assert.Equal(3, plan.Records.Count(record => record.Action == PlanAction.Conflict));
        await AssertAcceptedAsync(plan);
    }

    [NeedsProgramsFact("named")]
    public Task BIND_serves_what_was_planned() => AssertServesAsync("named");

    [NeedsProgramsFact("knotd")]
    public Task Knot_serves_what_was_planned() => AssertServesAsync("knotd");

    [NeedsProgramsFact("named")]
    public Task BIND_serves_what_was_merged() => AssertMergesAsync("named");

    [NeedsProgramsFact("knotd")]
    public Task Knot_serves_what_was_merged() => AssertMergesAsync("knotd");

    private static async Task AssertAcceptedAsync(DnsPlan plan)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, ZoneServer.Zone("acme.com", plan.ToZoneFile()));

            // Every check that there is, and a warning fails too: they go to standard output.
            string[] arguments = ["-k", "fail", "-n", "fail", "-m", "fail", "-i", "local", "acme.com", file];
            var output = await Command.RunAsync("named-checkzone", arguments);

            Assert.EndsWith("OK\n", output, StringComparison.Ordinal);
            Assert.Equal(2, output.Count(c => c == '\n'));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task AssertServesAsync(string program)
    {
        DnsPlan plan;
        await using (var empty = await ZoneServer.StartAsync(program, With(string.Empty)))
        {
            plan = await PlanAsync(empty.Resolver);
            Assert.Equal("acme.com", plan.Zone);
            Assert.All(plan.Records, record =>
            {
                Assert.Equal(PlanAction.Add, record.Action);
                Assert.DoesNotContain(record.Problems, problem => problem.Code == PlanProblemCodes.NotChecked);
            });
        }

        await using var full = await ZoneServer.StartAsync(program, With(plan.ToZoneFile()));
        foreach (var record in plan.Records)
        {
            Assert.Contains(record.Value, await ServedAsync(full, record));
        }

        var second = await PlanAsync(full.Resolver);
        Assert.Equal(plan.Records.Count, second.Records.Count + 1);
        Assert.All(second.Records, record => PlanAssert.Is(record, PlanAction.AlreadyThere));
        Assert.Empty(second.Problems);
    }

    /// <summary>The customer does what the plan says: takes out what is to be removed, and puts the fragment in.</summary>
    private static async Task AssertMergesAsync(string program)
    {
        const string Kept = "@ IN TXT \"google-site-verification=1\"\n";
        const string Removed = "@ IN TXT \"v=spf1 mx \" \"-all\"\n@ IN TXT \"v=spf1 include:_spf.host.example ~all\"\n@ IN MX 5 ns\n";
        var wanted = Request(Txt("acme.com", "v=spf1 include:_spf.host.example ~all", PlanPurposes.Spf));
        DnsPlan plan;
        await using (var before = await ZoneServer.StartAsync(program, With(Kept + Removed)))
        {
            plan = await PlannerOf(before.Resolver).PlanAsync(wanted, CancellationToken.None);
            PlanAssert.Is(Assert.Single(plan.Records), PlanAction.Replace, PlanProblemCodes.SpfDuplicate);
        }

        await using var after = await ZoneServer.StartAsync(program, With($"{Kept}@ IN MX 5 ns\n{plan.ToZoneFile()}"));

        var record = Assert.Single((await PlannerOf(after.Resolver).PlanAsync(wanted, CancellationToken.None)).Records);
        PlanAssert.Is(record, PlanAction.AlreadyThere);
        Assert.Equal("v=spf1 include:_spf.host.example mx ~all", record.Value);
    }

    private static async Task<List<string>> ServedAsync(ZoneServer server, DnsPlanRecord record)
    {
        var question = new DnsQuestion(DnsName.Parse(record.Name), Enum.Parse<DnsRecordType>(record.Type));
        var lookup = await server.Resolver.ResolveAsync(question, CancellationToken.None);
        Assert.All(lookup.Records, found => Assert.Equal(record.TimeToLive, found.TimeToLive));
        return
        [
            .. lookup.Records.Select(found => found switch
            {
                DnsTxtRecord txt => txt.Text,
                DnsMxRecord mx when mx.Preference == record.Priority => mx.Exchange.ToString(),
                DnsCnameRecord cname => cname.Target.ToString(),
                _ => $"unexpected {found}",
            }),
        ];
    }

    private static Task<DnsPlan> PlanAsync(IDnsResolver resolver) => PlannerOf(resolver).PlanAsync(
        Request([.. Everything(), .. Nasty()]) with { AdvisesDmarc = true, DmarcReportAddress = "dmarc+acme@acme.com" },
        CancellationToken.None);

    private static DnsPlanner PlannerOf(IDnsResolver resolver) => new(resolver, PublicSuffixList.BuiltIn, TimeProvider.System);

    private static Dictionary<string, string> With(string records) => new(HostZone) { ["acme.com"] = records };

    private static string MakePublicKey()
    {
        using var rsa = RSA.Create(2048);
        return Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
    }

    /// <summary>A real key, and what zone files read as something else.</summary>
    private static IEnumerable<WantedRecord> Nasty()
    {
        yield return Txt("long._domainkey.acme.com", $"v=DKIM1; k=rsa; p={PublicKey}", PlanPurposes.Dkim);
        yield return Txt("empty.acme.com", string.Empty);
        yield return Txt("acme.com", "a proof at the apex=\"quoted\"; (not) a @ comment $TTL 1 \\ \\; \\065 \\");
        yield return Txt("controls.acme.com", string.Concat(Enumerable.Range(0, 128).Select(c => (char)c)));
        yield return Txt("unicode.acme.com", new StringBuilder().Insert(0, "\u00E9\uFFFD\U0001F600", 200).ToString());
        yield return Txt("edge.acme.com", new string('"', 255));
        yield return Txt("edge.acme.com", new string('\\', 256));
        yield return Txt("big.acme.com", new string('x', 4_000));
        yield return Txt("*.wild.acme.com", "wild");
        yield return Txt("a\\032b\\.c\\;\\040d\\\"\\064\\200.acme.com", "strange name");
        yield return Txt("@.acme.com", "a label that is an at sign");
        yield return Txt("$ORIGIN.acme.com", "a label that is a directive");
        yield return Cname("_under.score.acme.com", "_target.host.example");
    }
}
