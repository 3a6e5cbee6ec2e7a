using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>What all kinds of records are planned with.</summary>
internal sealed class Planning(PlanQueries queries, DnsName registrable)
{
    private readonly Wildcards _wildcards = new(queries, registrable);

    public PlanQueries Queries => queries;

    public DoubledNames DoubledNames { get; } = new(queries);

    public DnsName Registrable => registrable;

    public Task<bool> IsWildcardAsync(DnsLookup seen, CancellationToken cancellationToken) =>
        _wildcards.MadeAsync(seen, cancellationToken);

    /// <summary>
    /// What settles a record whatever its kind: that DNS is silent, or that an alias is in the way. Null where neither is so.
    /// </summary>
    /// <param name="lookup">The answer for the record's own name and type.</param>
    /// <param name="wanted">The record.</param>
    /// <param name="isThere">Whether an answer that came through an alias holds it.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<Verdict?> ObstacleAsync(
        DnsLookup? lookup, Wanted wanted, Func<DnsLookup, bool> isThere, CancellationToken cancellationToken)
    {
        if (lookup is { Aliases: [var alias, ..] })
        {
            return lookup.Status == DnsLookupStatus.Answered && isThere(lookup)
                ? new Verdict(PlanAction.AlreadyThere)
                : await AliasedAsync(lookup, wanted, alias, cancellationToken).ConfigureAwait(false);
        }

        if (lookup.IsBrokenAlias())
        {
            return new Verdict(PlanAction.Conflict, PlanProblems.AliasBroken(wanted.Name));
        }

        return lookup.IsKnown() ? null : new Verdict(PlanAction.Add, PlanProblems.NotChecked(wanted.Name));
    }

    /// <summary>The verdict on records in the way, unless a wildcard made them.</summary>
    public async Task<Verdict> UnlessWildcardAsync(DnsLookup seen, Wanted wanted, Verdict verdict, CancellationToken cancellationToken) =>
        await IsWildcardAsync(seen, cancellationToken).ConfigureAwait(false)
            ? new Verdict(PlanAction.Add, PlanProblems.WildcardAnswers(wanted.Name))
            : verdict;

    public static IReadOnlyList<ExistingRecord> List(IEnumerable<DnsRecord> records, Func<DnsRecord, bool>? isReplaced = null) =>
    [
        .. records.Select(record => record.ToExisting(isReplaced?.Invoke(record) ?? false))
            .Distinct()
            .OrderByDescending(record => record.IsReplaced)
            .ThenBy(record => record.Type, StringComparer.Ordinal)
            .ThenBy(record => record.Value, StringComparer.Ordinal)
            .Take(ExistingRecord.MaximumCount),
    ];

    /// <summary>A DNAME record redirects what is below its owner; nothing can be published there.</summary>
    public static Verdict Redirected(Wanted wanted, DnsDnameRecord dname) =>
        new(PlanAction.Conflict, PlanProblems.DnameInTheWay(wanted.Name, dname.Name, dname.Target)) { Existing = List([dname]) };

    private async Task<Verdict> AliasedAsync(DnsLookup lookup, Wanted wanted, DnsAlias alias, CancellationToken cancellationToken)
    {
        if (alias.Source is DnsDnameRecord dname)
        {
            return Redirected(wanted, dname);
        }

        var verdict = new Verdict(PlanAction.Conflict, PlanProblems.CnameInTheWay(wanted.Name, wanted.Type, alias.Target))
        {
            Existing = List([alias.Source]),
        };
        return await UnlessWildcardAsync(lookup, wanted, verdict, cancellationToken).ConfigureAwait(false);
    }
}
