using DomainVerification.Dns;
using DomainVerification.Email.Plans.Spf.Internal;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Plans SPF records: merged with what is there, and counted.</summary>
internal static class SpfPlanning
{
    /// <summary>Whether the SPF records of a name are one that passes all that the wanted one passes.</summary>
    public static bool Holds(IReadOnlyList<string> published, SpfRecord wanted) =>
        published is [var only]
        && SpfParser.TryParse(only, out var record, out _)
        && SpfMerge.Add(record, wanted).Terms.Count == record.Terms.Count;

    /// <param name="planning">What plans are made with.</param>
    /// <param name="lookup">The TXT records at the name.</param>
    /// <param name="wanted">The record.</param>
    /// <param name="obstacle">What settles it already.</param>
    /// <param name="cancellationToken">Ends the look-ups.</param>
    public static async Task<Verdict> PlanAsync(
        Planning planning, DnsLookup? lookup, Wanted wanted, Verdict? obstacle, CancellationToken cancellationToken)
    {
        if (obstacle is { Action: PlanAction.Conflict })
        {
            return obstacle;
        }

        var published = obstacle is { Action: PlanAction.Add } ? [] : lookup!.Texts().Where(SpfRecord.IsSpf).ToList();
        if (published.Count > 0
            && !Holds(published, wanted.Spf!)
            && await planning.IsWildcardAsync(lookup!, cancellationToken).ConfigureAwait(false))
        {
            (obstacle, published) = (new Verdict(PlanAction.Add, PlanProblems.WildcardAnswers(wanted.Name)), []);
        }

        var (verdict, record) = Merge(lookup, published, wanted, obstacle);
        return record is null ? verdict : await CountAsync(planning, verdict, record, wanted, cancellationToken).ConfigureAwait(false);
    }

    private static (Verdict Verdict, SpfRecord? Record) Merge(DnsLookup? lookup, List<string> published, Wanted wanted, Verdict? obstacle)
    {
        if (published.Count == 0)
        {
            return (obstacle ?? new Verdict(PlanAction.Add), wanted.Spf);
        }

        List<PlanProblem> problems = published.Count > 1 ? [SpfProblems.Duplicate(wanted.Name, published.Count)] : [];
        List<SpfRecord> records = [];
        foreach (var text in published)
        {
            if (!SpfParser.TryParse(text, out var read, out var error))
            {
                problems.Add(SpfProblems.Invalid(wanted.Name, error));
                return (new Verdict(PlanAction.Conflict, problems) { Existing = List(lookup!, _ => false) }, null);
            }

            records.Add(read);
        }

        if (Holds(published, wanted.Spf!))
        {
            return (new Verdict(PlanAction.AlreadyThere) { Value = published[0] }, records[0]);
        }

        var merged = SpfMerge.Add(SpfMerge.Unite(records), wanted.Spf!);
        if (records.Count == 1)
        {
            problems.Add(SpfProblems.Merged(wanted.Name));
        }

        if (merged.Redirect is not null)
        {
            problems.Add(SpfProblems.Redirect(wanted.Name));
        }

        var value = merged.ToString();
        return (new Verdict(PlanAction.Replace, problems) { Existing = List(lookup!, text => text != value), Value = value }, merged);
    }

    private static async Task<Verdict> CountAsync(
        Planning planning, Verdict verdict, SpfRecord record, Wanted wanted, CancellationToken cancellationToken)
    {
        var counter = new SpfLookupCounter(planning.Queries);
        var count = await counter.CountAsync(record, wanted.Name, cancellationToken).ConfigureAwait(false);
        var fails = count.Lookups > SpfLookupCount.Limit || count.Loop is not null;
        return verdict with
        {
            // Published like this, it would take SPF away from all mail of the name.
            Action = fails && verdict.Action != PlanAction.AlreadyThere ? PlanAction.Conflict : verdict.Action,
            Problems = [.. verdict.Problems, .. SpfProblems.Of(record, wanted.Name, count)],
            SpfLookups = count.Lookups,
        };
    }

    private static IReadOnlyList<ExistingRecord> List(DnsLookup lookup, Func<string, bool> isReplaced) => Planning.List(
        lookup.Records.OfType<DnsTxtRecord>().Where(record => SpfRecord.IsSpf(record.Text)),
        record => isReplaced(((DnsTxtRecord)record).Text));
}
