using System.Globalization;
using System.Text;
using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Writes a plan as a fragment of a zone file (RFC 1035, section 5).</summary>
internal static class ZoneFileWriter
{
    public static string Write(DnsPlan plan, string? zone)
    {
        var text = new StringBuilder();
        Line(text, ZoneFileText.Comment(string.Create(
            CultureInfo.InvariantCulture,
            $"DNS plan of {plan.Domain.Value}, compared with DNS at {plan.CheckedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC")));
        foreach (var group in plan.Records.GroupBy(record => record.Zone, StringComparer.OrdinalIgnoreCase))
        {
            if (zone is null || group.Key.Equals(zone.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
            {
                Line(text, string.Empty);
                Line(text, $"$ORIGIN {ZoneFileText.Absolute(DnsName.Parse(group.Key))}");
                foreach (var record in group)
                {
                    Write(text, record);
                }
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, DnsPlanRecord record)
    {
        Line(text, string.Empty);
        Line(text, ZoneFileText.Comment(Title(record)));
        foreach (var problem in record.Problems)
        {
            Line(text, ZoneFileText.Comment($"{problem.Code}: {problem.Message} {problem.Fix}".TrimEnd()));
        }

        foreach (var existing in record.Existing)
        {
            var what = existing.IsReplaced ? "remove" : "there now";
            Line(text, ZoneFileText.Comment($"{what}: {existing.Name} {existing.Type} {existing.Value}"));
        }

        var line = $"{Owner(record)} {(long)record.TimeToLive.TotalSeconds} IN {record.Type} {Data(record)}";
        Line(text, record.Action is PlanAction.Add or PlanAction.Replace ? line : ZoneFileText.Comment(line));
    }

    private static string Title(DnsPlanRecord record)
    {
        var identities = record.Identities.Count > 0 ? $" of {string.Join(", ", record.Identities)}" : string.Empty;
        var optional = record.IsOptional ? " (optional)" : string.Empty;
        var state = record.Action switch
        {
            PlanAction.AlreadyThere => ", already there",
            PlanAction.Conflict => ", held back by a conflict",
            PlanAction.Replace => ", in the place of what is to be removed",
            _ => string.Empty,
        };
        return $"{record.Purpose}{identities}{optional}{state}";
    }

    private static string Owner(DnsPlanRecord record) => ZoneFileText.Relative(DnsName.Parse(record.Name), DnsName.Parse(record.Zone));

    private static string Data(DnsPlanRecord record) => record.Type switch
    {
        "TXT" => ZoneFileText.Strings(Encoding.UTF8.GetBytes(record.Value)),
        "MX" => string.Create(CultureInfo.InvariantCulture, $"{record.Priority} {ZoneFileText.Absolute(DnsName.Parse(record.Value))}"),
        _ => ZoneFileText.Absolute(DnsName.Parse(record.Value)),
    };

    // Not the line ending of the machine: a rendering is the same everywhere.
    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
