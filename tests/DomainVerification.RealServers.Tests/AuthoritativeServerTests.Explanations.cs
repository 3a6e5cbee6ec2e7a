using DomainVerification.RealServers.Tests.Hosts;
using DomainVerification.RealServers.Tests.Programs;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.RealServers.Tests;

/// <summary>What goes wrong in real zones, and what the owner is told.</summary>
public abstract partial class AuthoritativeServerTests
{
    /// <summary>Records, with the name and the value as instructed in the places of {name} and {value}, and what is said of them.</summary>
    private static readonly (string Record, string Code)[] Mistakes =
    [
        ("{name}. IN TXT \"\\\"{value}\\\"\"", Codes.ValueQuoted),
        ("{name}. IN TXT \"{value} \"", Codes.ValueSpaced),
        ("{name}. IN TXT \"{VALUE}\"", Codes.ValueCaseChanged),
        ("{name}. IN TXT \"{cut}\"", Codes.ValueCut),
        ("{name}.{zone}. IN TXT \"{value}\"", Codes.RecordNameDoubled),
        ("{zone}. IN TXT \"{value}\"", Codes.RecordAtDomain),
        ("{bare}. IN TXT \"{value}\"", Codes.RecordAtOtherName),
        ("{name}. IN CNAME www.{zone}.", Codes.CnameInTheWay),
        ("*.{zone}. IN CNAME www.{zone}.|www.{zone}. IN A 192.0.2.1", Codes.CnameInTheWay),
        ("*.{zone}. IN TXT \"v=spf1 -all\"", Codes.WildcardAnswer),
        ("www.{zone}. IN TXT \"{value}\"", Codes.RecordNotFound),
    ];

    [ServerFact]
    public async Task Verify_Mistakes_AreNamedAndProveNothing()
    {
        await using var host = new Host(Fixture);
        foreach (var (record, code) in Mistakes)
        {
            var zone = await Fixture.Authority.AddZoneAsync();
            var requested = await host.RequestAsync("tenant-a", zone.Name);
            await zone.AddAsync(Write(record, zone.Name, requested.Instructions!).Split('|'));

            var result = await host.VerifyAsync(requested);

            Assert.Equal((record, code), (record, result.Report!.Diagnosis.Code));
            Assert.Equal((ClaimResultStatus.NotProved, ClaimStatus.Pending), (result.Status, result.Claim!.Status));
            Assert.NotNull(result.Report.Diagnosis.Fix);
        }
    }

    private static string Write(string record, string zone, ChallengeInstructions instructions) => record
        .Replace("{name}", instructions.RecordName, StringComparison.Ordinal)
        .Replace("{bare}", instructions.RecordName.TrimStart('_'), StringComparison.Ordinal)
        .Replace("{zone}", zone, StringComparison.Ordinal)
        .Replace("{value}", instructions.RecordValue, StringComparison.Ordinal)
        .Replace("{VALUE}", instructions.RecordValue.ToUpperInvariant(), StringComparison.Ordinal)
        .Replace("{cut}", instructions.RecordValue.Split(' ')[0][..^4], StringComparison.Ordinal);
}
