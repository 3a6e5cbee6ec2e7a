using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Plans CNAME records.</summary>
internal static class AliasPlanning
{
    private static readonly DnsRecordType[] Others =
        [DnsRecordType.TXT, DnsRecordType.MX, DnsRecordType.A, DnsRecordType.AAAA, DnsRecordType.NS];

    public static bool Holds(DnsLookup lookup, Wanted wanted) =>
        lookup.Records.OfType<DnsCnameRecord>().Any(record => record.Target == wanted.Target);

    public static async Task<Verdict> PlanAsync(Planning planning, Wanted wanted, DnsName zone, CancellationToken cancellationToken)
    {
        var lookup = await planning.Queries.AskAsync(wanted.Name, DnsRecordType.CNAME, cancellationToken).ConfigureAwait(false);
        var obstacle = await planning.ObstacleAsync(lookup, wanted, found => Holds(found, wanted), cancellationToken).ConfigureAwait(false);
        if (obstacle is not null)
        {
            return obstacle;
        }

        return lookup!.Status switch
        {
            DnsLookupStatus.Answered => await OfAliasAsync(planning, lookup, wanted, zone, cancellationToken).ConfigureAwait(false),
            DnsLookupStatus.NoData => await BesideOthersAsync(planning, wanted, cancellationToken).ConfigureAwait(false),
            _ => new Verdict(PlanAction.Add),
        };
    }

    private static async Task<Verdict> OfAliasAsync(
        Planning planning, DnsLookup lookup, Wanted wanted, DnsName zone, CancellationToken cancellationToken)
    {
        if (Holds(lookup, wanted))
        {
            return new Verdict(PlanAction.AlreadyThere);
        }

        var found = lookup.Records.OfType<DnsCnameRecord>().First().Target;
        if (DoubledNames.IsDoubled(found, wanted.Target!, zone))
        {
            return new Verdict(PlanAction.Replace, PlanProblems.DoubledTarget(wanted.Name, found, wanted.Target!))
            {
                Existing = Planning.List(lookup.Records, _ => true),
            };
        }

        // A CNAME record made from a DNAME record above shows itself as such only to a question of another type.
        var through = await planning.Queries.AskAsync(wanted.Name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        if (through is { Aliases: [{ Source: DnsDnameRecord dname }, ..] })
        {
            return Planning.Redirected(wanted, dname);
        }

        var verdict = new Verdict(PlanAction.Conflict, PlanProblems.CnameDiffers(wanted.Name, found, wanted.Target!))
        {
            Existing = Planning.List(lookup.Records),
        };
        return await planning.UnlessWildcardAsync(lookup, wanted, verdict, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The name exists without a CNAME record: it has records of other types, or only names below it.</summary>
    private static async Task<Verdict> BesideOthersAsync(Planning planning, Wanted wanted, CancellationToken cancellationToken)
    {
        List<DnsLookup> found = [];
        var isSure = true;
        var isWildcard = true;
        foreach (var type in Others)
        {
            var lookup = await planning.Queries.AskAsync(wanted.Name, type, cancellationToken).ConfigureAwait(false);
            isSure &= lookup.IsKnown();
            if (lookup is not { Status: DnsLookupStatus.Answered, Aliases.Count: 0 })
            {
                continue;
            }

            found.Add(lookup);
            isWildcard = isWildcard && await planning.IsWildcardAsync(lookup, cancellationToken).ConfigureAwait(false);
        }

        if (found.Count == 0)
        {
            return isSure ? new Verdict(PlanAction.Add) : new Verdict(PlanAction.Add, PlanProblems.NotChecked(wanted.Name));
        }

        if (isWildcard)
        {
            return new Verdict(PlanAction.Add, PlanProblems.WildcardAnswers(wanted.Name));
        }

        var types = found.Select(lookup => lookup.Question.Type).ToList();
        var onlyAddresses = types.TrueForAll(type => type is DnsRecordType.A or DnsRecordType.AAAA);
        return new Verdict(PlanAction.Conflict, PlanProblems.RecordsInTheWay(wanted.Name, types, onlyAddresses))
        {
            Existing = Planning.List(found.SelectMany(lookup => lookup.Records)),
        };
    }
}
