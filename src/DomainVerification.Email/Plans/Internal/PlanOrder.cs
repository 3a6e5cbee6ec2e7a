namespace DomainVerification.Email.Plans.Internal;

/// <summary>The order of a plan, which nothing but the plan decides.</summary>
internal static class PlanOrder
{
    private static readonly string[] Purposes =
    [
        PlanPurposes.Proof, PlanPurposes.Dkim, PlanPurposes.MailFromMx, PlanPurposes.MailFromSpf, PlanPurposes.Spf,
        PlanPurposes.Tracking, PlanPurposes.Dmarc, PlanPurposes.Other,
    ];

    public static IReadOnlyList<DnsPlanRecord> Sort(IEnumerable<DnsPlanRecord> records, string zone) =>
    [
        .. records
            .OrderBy(record => !record.Zone.Equals(zone, StringComparison.OrdinalIgnoreCase))
            .ThenBy(record => record.Zone, StringComparer.OrdinalIgnoreCase)
            .ThenBy(record => record.IsOptional)
            .ThenBy(record => Array.IndexOf(Purposes, record.Purpose) is var index && index < 0 ? Purposes.Length : index)
            .ThenBy(record => record.Purpose, StringComparer.Ordinal)
            .ThenBy(record => record.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(record => record.Type, StringComparer.Ordinal)
            .ThenBy(record => record.Value, StringComparer.Ordinal)
            .ThenBy(record => record.Priority),
    ];

    public static IReadOnlyList<PlanProblem> Sort(IEnumerable<PlanProblem> problems) =>
    [
        .. problems
            .OrderByDescending(problem => problem.Level)
            .ThenBy(problem => problem.Code, StringComparer.Ordinal)
            .ThenBy(problem => problem.Message, StringComparer.Ordinal),
    ];
}
