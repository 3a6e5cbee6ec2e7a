using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Plans MX records: the only one of their name.</summary>
internal static class MailExchangePlanning
{
    public static bool Holds(DnsLookup lookup, Wanted wanted) =>
        lookup.Records is [DnsMxRecord only] && only.Exchange == wanted.Target && only.Preference == wanted.Preference;

    public static async Task<Verdict> PlanAsync(Planning planning, Wanted wanted, DnsName zone, CancellationToken cancellationToken)
    {
        var lookup = await planning.Queries.AskAsync(wanted.Name, DnsRecordType.MX, cancellationToken).ConfigureAwait(false);
        var obstacle = await planning.ObstacleAsync(lookup, wanted, found => Holds(found, wanted), cancellationToken).ConfigureAwait(false);
        if (obstacle is not null)
        {
            return obstacle;
        }

        var found = lookup!.Records.OfType<DnsMxRecord>().ToList();
        if (found.Count == 0)
        {
            return new Verdict(PlanAction.Add);
        }

        if (Holds(lookup, wanted))
        {
            return new Verdict(PlanAction.AlreadyThere);
        }

        var verdict = found is [var only] ? OfOne(only, wanted, zone) : Differs(found, wanted);
        return verdict.Action == PlanAction.Conflict
            ? await planning.UnlessWildcardAsync(lookup, wanted, verdict, cancellationToken).ConfigureAwait(false)
            : verdict;
    }

    private static Verdict OfOne(DnsMxRecord only, Wanted wanted, DnsName zone)
    {
        if (only.Exchange == wanted.Target)
        {
            return Replaces(only, PlanProblems.MxPreferenceDiffers(wanted.Name, only.Preference, wanted.Preference!.Value));
        }

        return DoubledNames.IsDoubled(only.Exchange, wanted.Target!, zone)
            ? Replaces(only, PlanProblems.DoubledTarget(wanted.Name, only.Exchange, wanted.Target!))
            : Differs([only], wanted);
    }

    private static Verdict Replaces(DnsMxRecord record, PlanProblem problem) =>
        new(PlanAction.Replace, problem) { Existing = Planning.List([record], _ => true) };

    private static Verdict Differs(IReadOnlyList<DnsMxRecord> found, Wanted wanted) =>
        new(PlanAction.Conflict, PlanProblems.MxDiffers(wanted.Name, wanted.Target!)) { Existing = Planning.List(found) };
}
