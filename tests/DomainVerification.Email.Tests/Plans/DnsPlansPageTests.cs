using System.Text.RegularExpressions;
using static DomainVerification.Email.Tests.Plans.PlanWorld;

namespace DomainVerification.Email.Tests.Plans;

/// <summary>What docs/dns-plans.md says is what the code does.</summary>
public sealed partial class DnsPlansPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "dns-plans.md"));

    [Fact]
    public void Every_code_has_a_row_and_every_row_a_code()
    {
        var codes = typeof(PlanProblemCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var rows = Row().Matches(Section("## Problems")).Select(match => match.Groups[1].Value);

        Assert.Equal(codes.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_purpose_has_a_row()
    {
        var purposes = typeof(PlanPurposes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var rows = Row().Matches(Section("## Purposes")).Select(match => match.Groups[1].Value);

        Assert.Equal(purposes, rows);
    }

    [Fact]
    public async Task The_renderings_that_are_shown_are_those_of_the_example()
    {
        var plan = await ExampleAsync();

        Assert.Equal(plan.ToZoneFile(), Block("zone"));
        Assert.Equal(plan.ToText(), Block("text"));
        Assert.Equal(plan.ToJson() + "\n", Block("json"));
    }

    private static Task<DnsPlan> ExampleAsync()
    {
        var world = new PlanWorld();
        world.Acme.Txt("@", "v=spf1 mx -all").Mx("@", 10, "mail.acme.com").Cname("links", "old.tracker.example");
        return world.PlanAsync(
            Txt("_host-challenge.acme.com", "token=abc", PlanPurposes.Proof) with { Identity = null },
            Txt("acme.com", "v=spf1 include:_spf.host.example ~all", PlanPurposes.Spf) with { Identity = "marketing" },
            Cname("links.acme.com", "track.host.example", PlanPurposes.Tracking) with { Identity = "marketing", IsOptional = true });
    }

    private static string Section(string title)
    {
        var start = Page.IndexOf($"{title}\n", StringComparison.Ordinal);
        var end = Page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? Page[start..] : Page[start..end];
    }

    private static string Block(string language) =>
        Regex.Match(Page, $"^```{language}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

    [GeneratedRegex("^\\| `([a-z0-9_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
