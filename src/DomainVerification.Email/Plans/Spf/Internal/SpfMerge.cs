namespace DomainVerification.Email.Plans.Spf.Internal;

/// <summary>Makes one SPF record of two.</summary>
internal static class SpfMerge
{
    // Of ends that disagree, the one that marks strangers without making receivers refuse them outright.
    private const string EndsByPreference = "~-?+";

    /// <summary>
    /// The existing record, its terms and their order kept, with what it lacks of the wanted one put where receivers still reach it: before
    /// <c>all</c>, and what passes before whatever says otherwise of the same senders. The existing <c>all</c> or its absence stays; a
    /// wanted redirect becomes an include, which passes the same senders.
    /// </summary>
    public static SpfRecord Add(SpfRecord existing, SpfRecord wanted)
    {
        var merged = wanted.Tried.Where(term => term.Kind != SpfTermKind.All).Aggregate(existing, AddMechanism);
        if (wanted.Redirect is { } redirect && merged.Redirect?.MatchesSame(redirect) != true)
        {
            merged = AddMechanism(merged, AsInclude(redirect));
        }

        return wanted.Terms
            .Where(term => term.Kind is SpfTermKind.Explanation or SpfTermKind.OtherModifier)
            .Aggregate(merged, AddModifier);
    }

    /// <summary>
    /// One record for several at the same name: the longest with what it lacks of the others; where they end differently, <c>~all</c>
    /// before <c>-all</c> before <c>?all</c>. The order of the records does not matter.
    /// </summary>
    public static SpfRecord Unite(IReadOnlyCollection<SpfRecord> records)
    {
        var ends = records.Where(record => record.AllIndex >= 0).Select(record => record.Terms[record.AllIndex]).ToList();
        if (ends.Count == 0)
        {
            return Ordered(records).Aggregate(Add);
        }

        var end = ends.MinBy(term => EndsByPreference.IndexOf(term.Qualifier, StringComparison.Ordinal))!;
        return Ordered([.. records.Select(record => EndIn(record, end))]).Aggregate(Add);
    }

    private static IOrderedEnumerable<SpfRecord> Ordered(IReadOnlyCollection<SpfRecord> records) =>
        records.OrderByDescending(record => record.Terms.Count).ThenBy(record => record.ToString(), StringComparer.Ordinal);

    /// <summary>The record with another end. Receivers would not follow its redirect any more, so that becomes an include.</summary>
    private static SpfRecord EndIn(SpfRecord record, SpfTerm end)
    {
        if (record.AllIndex >= 0)
        {
            return new SpfRecord([.. record.Terms.Select((term, index) => index == record.AllIndex ? end : term)]);
        }

        var (terms, redirect) = (record, record.Redirect);
        if (redirect is not null)
        {
            terms = new SpfRecord([.. record.Terms.Where(term => !ReferenceEquals(term, redirect))]);
            terms = AddMechanism(terms, AsInclude(redirect));
        }

        return Insert(terms, end, EndOfMechanisms(terms));
    }

    private static SpfRecord AddMechanism(SpfRecord record, SpfTerm term)
    {
        var end = record.AllIndex < 0 ? EndOfMechanisms(record) : record.AllIndex;
        for (var i = 0; i < end; i++)
        {
            var other = record.Terms[i];
            if (!other.IsMechanism || !other.Covers(term))
            {
                continue;
            }

            if (other.Qualifier == term.Qualifier)
            {
                return record;
            }

            if (term.IsPass)
            {
                return Insert(record, term, i);
            }
        }

        return Insert(record, term, end);
    }

    /// <summary>An explanation may stand once; the existing one stays.</summary>
    private static SpfRecord AddModifier(SpfRecord record, SpfTerm term) =>
        record.Terms.Any(other => other.Kind == term.Kind && (term.Kind == SpfTermKind.Explanation || other.MatchesSame(term)))
            ? record
            : Insert(record, term, record.Terms.Count);

    private static SpfTerm AsInclude(SpfTerm redirect) => new(SpfTermKind.Include, '+', $"include:{redirect.Domain}", redirect.Domain);

    private static SpfRecord Insert(SpfRecord record, SpfTerm term, int place) =>
        new([.. record.Terms.Take(place), term, .. record.Terms.Skip(place)]);

    private static int EndOfMechanisms(SpfRecord record)
    {
        var end = 0;
        for (var i = 0; i < record.Terms.Count; i++)
        {
            end = record.Terms[i].IsMechanism ? i + 1 : end;
        }

        return end;
    }
}
