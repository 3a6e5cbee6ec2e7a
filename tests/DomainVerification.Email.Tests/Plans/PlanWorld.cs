using DomainVerification.Dns;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;

namespace DomainVerification.Email.Tests.Plans;

/// <summary>A DNS in which acme.com is to send mail through host.example.</summary>
internal sealed class PlanWorld
{
    internal const string Key = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC7";

    internal PlanWorld(DnsPlannerOptions? options = null)
    {
        Resolver = new InMemoryDnsResolver(World, Clock);
        Planner = new DnsPlanner(Resolver, PublicSuffixList.BuiltIn, Clock, options);
        Acme = World.Zone("acme.com");
        World.Zone("host.example").Txt("_spf", "v=spf1 ip4:192.0.2.0/24 -all");
    }

    internal static DomainName Domain { get; } = DomainName.Parse("acme.com");

    internal ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 30, 0, TimeSpan.Zero));

    internal DnsWorld World { get; } = new();

    internal InMemoryDnsResolver Resolver { get; }

    internal DnsPlanner Planner { get; }

    internal DnsZone Acme { get; }

    internal static WantedRecord Cname(string name, string target, string purpose = PlanPurposes.Dkim) =>
        new() { Record = new IdentityRecord("CNAME", name, target), Purpose = purpose, Identity = "id-1" };

    internal static WantedRecord Txt(string name, string value, string purpose = PlanPurposes.Other) =>
        new() { Record = new IdentityRecord("TXT", name, value), Purpose = purpose, Identity = "id-1" };

    internal static WantedRecord Mx(string name, string exchange, int priority = 10) =>
        new() { Record = new IdentityRecord("MX", name, exchange, priority), Purpose = PlanPurposes.MailFromMx, Identity = "id-1" };

    internal static DnsPlanRequest Request(params WantedRecord[] records) =>
        new() { Domain = Domain, Records = records, AdvisesDmarc = false };

    /// <summary>What an identity with all kinds of records wants.</summary>
    internal static WantedRecord[] Everything() =>
    [
        Txt("_host-challenge.acme.com", "token=abc", PlanPurposes.Proof),
        Cname("s1._domainkey.acme.com", "s1.acme.dkim.host.example"),
        Txt("s2._domainkey.acme.com", $"v=DKIM1; k=rsa; p={Key}", PlanPurposes.Dkim),
        Mx("send.acme.com", "feedback.host.example"),
        Txt("send.acme.com", "v=spf1 include:_spf.host.example ~all", PlanPurposes.MailFromSpf),
        Cname("links.acme.com", "track.host.example", PlanPurposes.Tracking) with { IsOptional = true },
    ];

    internal Task<DnsPlan> PlanAsync(params WantedRecord[] records) => PlanAsync(Request(records));

    internal Task<DnsPlan> PlanAsync(DnsPlanRequest request) => Planner.PlanAsync(request, CancellationToken.None);

    internal async Task<DnsPlanRecord> PlanOneAsync(WantedRecord record) => Assert.Single((await PlanAsync(record)).Records);

    /// <summary>Does to the zone what a plan says.</summary>
    internal void Publish(DnsPlan plan)
    {
        foreach (var record in plan.Records.Where(record => record.Action is PlanAction.Add or PlanAction.Replace))
        {
            var zone = World.ZoneOf(record.Name);
            var name = $"{record.Name}.";
            foreach (var existing in record.Existing.Where(existing => existing.IsReplaced))
            {
                zone.Remove(name, Enum.Parse<DnsRecordType>(existing.Type));
            }

            _ = record.Type switch
            {
                "TXT" => zone.Txt(name, record.Value),
                "MX" => zone.Mx(name, (ushort)record.Priority!, record.Value),
                _ => zone.Cname(name, record.Value),
            };
        }
    }
}

/// <summary>What tests ask of plans.</summary>
internal static class PlanAssert
{
    internal static void Is(DnsPlanRecord record, PlanAction action, params string[] codes)
    {
        Assert.Equal(codes.Order(StringComparer.Ordinal), record.Problems.Select(problem => problem.Code).Order(StringComparer.Ordinal));
        Assert.Equal(action, record.Action);
    }
}
