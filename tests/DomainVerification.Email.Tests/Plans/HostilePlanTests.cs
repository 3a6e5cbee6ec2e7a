using System.Net;
using System.Text;
using System.Text.Json;
using DomainVerification.Dns;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;
using static DomainVerification.Email.Tests.Plans.PlanWorld;

namespace DomainVerification.Email.Tests.Plans;

public sealed class HostilePlanTests
{
    private const int Rounds = 1_500;

    [Fact]
    public async Task Whatever_DNS_answers_every_rendering_holds()
    {
        var actions = new HashSet<PlanAction>();
        var codes = new HashSet<string>();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var planner = new DnsPlanner(new HostileResolver(seed), PublicSuffixList.BuiltIn, TimeProvider.System);
            var request = Request([.. Everything(), Txt("acme.com", "v=spf1 include:_spf.host.example ~all", PlanPurposes.Spf)]) with
            {
                AdvisesDmarc = true,
                Senders = [new PlannedSender(Domain, Domain, DomainName.Parse("send.acme.com"))],
            };

            var plan = await planner.PlanAsync(request, CancellationToken.None);

            actions.UnionWith(plan.Records.Select(record => record.Action));
            codes.UnionWith(plan.Records.SelectMany(record => record.Problems).Concat(plan.Problems).Select(problem => problem.Code));
            AssertRenders(plan);
        }

        // A fuzzer that does not get anywhere tests nothing.
        Assert.Equal(Enum.GetValues<PlanAction>(), actions.Order());
        Assert.True(codes.Count >= 15, string.Join(' ', codes));
    }

    public static TheoryData<string> Faults() =>
    [
        nameof(DnsFault.Refused), nameof(DnsFault.Drop), nameof(DnsFault.Garbage), nameof(DnsFault.Malformed), nameof(DnsFault.Huge),
        nameof(DnsFault.WrongOwner), nameof(DnsFault.WrongQuestion), nameof(DnsFault.Truncate),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_servers_do_there_is_a_plan(string fault)
    {
        var world = new PlanWorld();
        world.Publish(await world.PlanAsync(Everything()));
        world.Resolver.Faults.Add((DnsFault)typeof(DnsFault).GetMethod(fault)!.Invoke(null, null)!);

        var plan = await world.PlanAsync(Request(Everything()) with { AdvisesDmarc = true });

        AssertRenders(plan);
        Assert.All(plan.Records, record => Assert.NotEqual(PlanAction.Replace, record.Action));
    }

    private static void AssertRenders(DnsPlan plan)
    {
        var published = plan.Records.Where(record => record.Action is PlanAction.Add or PlanAction.Replace).ToList();
        var read = ZoneFileReader.Read(plan.ToZoneFile());
        Assert.Equal(published.Count, read.Count);
        Assert.Equal(
            published.Where(record => record.Type == "TXT").Select(record => record.Value).Order(StringComparer.Ordinal),
            read.Where(record => record.Type == "TXT")
                .Select(record => Encoding.UTF8.GetString(record.Text))
                .Order(StringComparer.Ordinal));

        Assert.Matches("^[ -~\n]+$", plan.ToText());
        Assert.InRange(plan.ToText().Length, 1, 100_000);
        using var document = JsonDocument.Parse(plan.ToJson());
        Assert.Equal(plan.Records.Count, document.RootElement.GetProperty("records").GetArrayLength());
        Assert.All(plan.Records, record => Assert.InRange(record.Existing.Count, 0, ExistingRecord.MaximumCount));
    }

    /// <summary>Answers anything at all, the same for the same question.</summary>
    private sealed class HostileResolver(int seed) : IDnsResolver
    {
        private static readonly string[] Texts =
        [
            "v=spf1 -all", "v=spf1 include:acme.com -all", "v=spf1 include:_spf.host.example ~all",
            "v=spf1 redirect=x.evil.example", "v=spf1", "v=spf1 include:%{d",
            "v=DMARC1; p=reject; adkim=s; aspf=s", "v=DMARC1; p=\n; x", "v=DKIM1; p=AAAA", "p=;;;=", "token=abc",
            "\"token=abc\"", "\r\n$INCLUDE /etc/passwd\r\n", "\");\u0000\u202E\uFFFD<script>", new string('\\', 3_000),
        ];

        private static readonly DnsName[] Names =
        [
            DnsName.Root, DnsName.Parse("acme.com"), DnsName.Parse("a\\010b\\034\\059\\(.evil.example"),
            DnsName.Parse("track.host.example"), DnsName.Parse("feedback.host.example.acme.com"),
            DnsName.Parse(string.Join('.', Enumerable.Repeat("\\255\\255\\255\\255", 40))),
        ];

        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            var random = new Random(HashCode.Combine(seed, Fold(question)));
            if (random.Next(20) == 0)
            {
                throw new InvalidOperationException("broken \u0000 resolver");
            }

            var status = random.Next(4) == 0 ? (DnsLookupStatus)random.Next(11) : (DnsLookupStatus)random.Next(3);
            var name = random.Next(8) == 0 ? Names[random.Next(Names.Length)] : question.Name;
            DnsAlias[] aliases = random.Next(6) == 0 ? [Alias(question.Name, Names[random.Next(Names.Length)], random.Next(3) == 0)] : [];
            return ValueTask.FromResult(new DnsLookup
            {
                Question = question,
                Status = status,
                Aliases = aliases,
                Records = status == DnsLookupStatus.Answered
                    ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Record(question.Type, name, random))]
                    : [],
            });
        }

        private static int Fold(DnsQuestion question) =>
            question.ToString().ToUpperInvariant().Aggregate(17, (hash, c) => unchecked((hash * 31) + c));

        private static DnsAlias Alias(DnsName name, DnsName target, bool isDname) => new(
            name,
            target,
            isDname ? new DnsDnameRecord(name.Parent!, TimeSpan.Zero, target) : new DnsCnameRecord(name, TimeSpan.Zero, target));

        private static DnsRecord Record(DnsRecordType type, DnsName name, Random random)
        {
            var target = Names[random.Next(Names.Length)];
            return type switch
            {
                DnsRecordType.TXT when random.Next(4) == 0 => new DnsTxtRecord(name, TimeSpan.Zero, [Octets(random)]),
                DnsRecordType.TXT => new DnsTxtRecord(name, TimeSpan.Zero, Texts[random.Next(Texts.Length)]),
                DnsRecordType.CNAME => new DnsCnameRecord(name, TimeSpan.Zero, target),
                DnsRecordType.MX => new DnsMxRecord(name, TimeSpan.Zero, (ushort)random.Next(65_536), target),
                DnsRecordType.NS => new DnsNsRecord(name, TimeSpan.Zero, target),
                DnsRecordType.SOA => new DnsSoaRecord(name, TimeSpan.Zero, target, target),
                DnsRecordType.A => new DnsARecord(name, TimeSpan.Zero, IPAddress.Loopback),
                DnsRecordType.AAAA => new DnsAaaaRecord(name, TimeSpan.Zero, IPAddress.IPv6Loopback),
                _ => new DnsUnknownRecord(name, type, TimeSpan.Zero, Octets(random)),
            };
        }

        private static ReadOnlyMemory<byte> Octets(Random random)
        {
            var octets = new byte[random.Next(256)];
            random.NextBytes(octets);
            return octets;
        }
    }
}
