using System.Globalization;
using System.Text;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Writes a plan for people.</summary>
internal static class PlanTextWriter
{
    public static string Write(DnsPlan plan)
    {
        var text = new StringBuilder();
        var todo = plan.Records.Count(record => record.Action != PlanAction.AlreadyThere);
        Line(text, string.Create(
            CultureInfo.InvariantCulture,
            $"DNS records of {Name(plan.Domain)}, compared with DNS at {plan.CheckedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: "
                + $"{todo} to do, {plan.Records.Count - todo} already there."));
        Line(text, string.Empty);
        Line(text, "Many DNS providers add the domain to the host by themselves. Enter the short host there: with the full name, the");
        Line(text, $"domain would stand twice, as in x.{plan.Zone}.{plan.Zone}, and nobody would find the record.");
        Problems(text, plan.Problems, string.Empty);
        for (var i = 0; i < plan.Records.Count; i++)
        {
            Write(text, plan, plan.Records[i], i + 1);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, DnsPlan plan, DnsPlanRecord record, int number)
    {
        Line(text, string.Empty);
        Line(text, $"{number}. {Title(record)}");
        if (!record.Zone.Equals(plan.Zone, StringComparison.OrdinalIgnoreCase))
        {
            Line(text, $"   In the zone: {record.Zone}");
        }

        Line(text, $"   Type: {record.Type}");
        Line(text, $"   Host (if your provider adds {record.Zone} by itself): {record.RelativeName}");
        Line(text, $"   Full name: {record.Name}");
        Line(text, $"   Value: {SafeText.ForPeople(record.Value)}");
        if (record.Priority is { } priority)
        {
            Line(text, string.Create(CultureInfo.InvariantCulture, $"   Priority: {priority}"));
        }

        Line(text, string.Create(CultureInfo.InvariantCulture, $"   TTL: {(long)record.TimeToLive.TotalSeconds} seconds"));
        foreach (var existing in record.Existing)
        {
            Line(text, $"   {(existing.IsReplaced ? "Remove" : "There now")}: {existing.Type} {existing.Value}");
        }

        Problems(text, record.Problems, "   ");
    }

    private static void Problems(StringBuilder text, IReadOnlyList<PlanProblem> problems, string indent)
    {
        if (problems.Count > 0 && indent.Length == 0)
        {
            Line(text, string.Empty);
        }

        foreach (var problem in problems)
        {
            Line(text, SafeText.ForPeople($"{indent}{problem.Level} ({problem.Code}): {problem.Message} {problem.Fix}".TrimEnd()));
        }
    }

    private static string Name(DomainName domain) =>
        domain.Unicode == domain.Value ? domain.Value : $"{SafeText.ForPeople(domain.Unicode)} ({domain.Value})";

    private static string Title(DnsPlanRecord record)
    {
        var what = record.Action switch
        {
            PlanAction.Add => "Add this record",
            PlanAction.Replace => "Put this record in the place of what is there",
            PlanAction.Conflict => "Do not add this record yet",
            _ => "Nothing to do, this record is already there",
        };
        var identities = record.Identities.Count > 0 ? $" for {string.Join(", ", record.Identities)}" : string.Empty;
        return SafeText.ForPeople($"{what} ({record.Purpose}{identities}{(record.IsOptional ? ", optional" : string.Empty)})");
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
