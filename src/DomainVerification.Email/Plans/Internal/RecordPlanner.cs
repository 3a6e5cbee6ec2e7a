using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Makes the records of one plan.</summary>
internal sealed class RecordPlanner(PlanQueries queries, DnsName registrable)
{
    private readonly Planning _planning = new(queries, registrable);

    public ZoneCuts Zones { get; } = new(queries, registrable);

    public async Task<DnsPlanRecord> PlanAsync(Wanted wanted, IReadOnlyList<Wanted> all, CancellationToken cancellationToken)
    {
        var zone = await Zones.FindAsync(wanted.Name, cancellationToken).ConfigureAwait(false);
        var relative = RelativeName(wanted.Name, zone);
        var verdict = WantedReader.Contradicts(wanted, all)
            ? new Verdict(PlanAction.Conflict, PlanProblems.WantedContradict(wanted.Name))
            : await JudgeAsync(wanted, zone, relative, cancellationToken).ConfigureAwait(false);
        return new DnsPlanRecord
        {
            Type = wanted.Type.ToString(),
            Name = wanted.Name.ToString(),
            RelativeName = relative,
            Zone = zone.ToString(),
            Value = verdict.Value ?? wanted.Value,
            Priority = wanted.Preference,
            TimeToLive = TimeSpan.FromSeconds(Math.Truncate(wanted.TimeToLive.TotalSeconds)),
            Purpose = wanted.Purpose,
            Identities = wanted.Identities,
            IsOptional = wanted.IsOptional,
            Action = verdict.Action,
            Existing = verdict.Existing,
            Problems = PlanOrder.Sort(verdict.Problems),
            SpfLookups = verdict.SpfLookups,
        };
    }

    private async Task<Verdict> JudgeAsync(Wanted wanted, DnsName zone, string relative, CancellationToken cancellationToken)
    {
        var verdict = await (wanted.Type switch
        {
            DnsRecordType.CNAME => AliasPlanning.PlanAsync(_planning, wanted, zone, cancellationToken),
            DnsRecordType.MX => MailExchangePlanning.PlanAsync(_planning, wanted, zone, cancellationToken),
            _ => TextPlanning.PlanAsync(_planning, wanted, cancellationToken),
        }).ConfigureAwait(false);
        if (verdict.Action == PlanAction.AlreadyThere)
        {
            return verdict;
        }

        var doubled = await _planning.DoubledNames
            .FindAsync(wanted.Name, zone, wanted.Type, found => Holds(found, wanted), cancellationToken)
            .ConfigureAwait(false);
        return doubled is null ? verdict : verdict.With(PlanProblems.DoubledName(doubled, wanted.Name, relative));
    }

    private static bool Holds(DnsLookup lookup, Wanted wanted) => wanted.Type switch
    {
        DnsRecordType.CNAME => AliasPlanning.Holds(lookup, wanted),
        DnsRecordType.MX => MailExchangePlanning.Holds(lookup, wanted),
        _ => TextPlanning.Holds(lookup, wanted),
    };

    private static string RelativeName(DnsName name, DnsName zone)
    {
        var (full, end) = (name.ToString(), zone.ToString());
        return full.Length == end.Length ? "@" : full[..^(end.Length + 1)];
    }
}
