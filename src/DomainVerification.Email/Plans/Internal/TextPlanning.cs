using DomainVerification.Dns;
using DomainVerification.Email.Plans.Spf.Internal;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Plans TXT records: proofs, DKIM keys, DMARC and SPF records, and whatever else.</summary>
internal static class TextPlanning
{
    public static bool Holds(DnsLookup lookup, Wanted wanted) => wanted.Spf is { } spf
        ? SpfPlanning.Holds([.. lookup.Texts().Where(SpfRecord.IsSpf)], spf)
        : lookup.Texts().Any(text => IsSame(text, wanted));

    public static async Task<Verdict> PlanAsync(Planning planning, Wanted wanted, CancellationToken cancellationToken)
    {
        var lookup = await planning.Queries.AskAsync(wanted.Name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        var obstacle = await planning.ObstacleAsync(lookup, wanted, found => Holds(found, wanted), cancellationToken).ConfigureAwait(false);
        if (wanted.Spf is not null)
        {
            return await SpfPlanning.PlanAsync(planning, lookup, wanted, obstacle, cancellationToken).ConfigureAwait(false);
        }

        if (obstacle is not null)
        {
            return obstacle;
        }

        var others = lookup!.Records.OfType<DnsTxtRecord>().Where(record => !IsSame(record.Text, wanted)).ToList();
        var isThere = Holds(lookup, wanted);
        if (wanted.Dkim is not null && others.Count > 0)
        {
            var verdict = OfSelector(wanted, isThere) with { Existing = Planning.List(others, _ => true) };
            return isThere ? verdict : await planning.UnlessWildcardAsync(lookup, wanted, verdict, cancellationToken).ConfigureAwait(false);
        }

        if (isThere)
        {
            return new Verdict(PlanAction.AlreadyThere);
        }

        if (wanted.IsDmarc && others.Where(record => DmarcRecord.IsDmarc(record.Text)).ToList() is { Count: > 0 } kept)
        {
            // What receivers do with forged mail is the customer's to decide.
            return new Verdict(PlanAction.AlreadyThere, DmarcProblems.Kept(wanted.Name)) { Existing = Planning.List(kept) };
        }

        if (others.Where(record => record.Text == $"\"{wanted.Value}\"").ToList() is { Count: > 0 } quoted)
        {
            return new Verdict(PlanAction.Replace, PlanProblems.QuotedValue(wanted.Name)) { Existing = Planning.List(quoted, _ => true) };
        }

        return wanted.IsDmarc
            ? await UnlessAboveAsync(planning, wanted, cancellationToken).ConfigureAwait(false)
            : new Verdict(PlanAction.Add);
    }

    /// <summary>
    /// A name without a policy has that of its registrable domain (RFC 7489, section 6.6.3): a record of its own would take the name out
    /// of that policy, which may be a stricter one.
    /// </summary>
    private static async Task<Verdict> UnlessAboveAsync(Planning planning, Wanted wanted, CancellationToken cancellationToken)
    {
        var missing = new Verdict(PlanAction.Add, DmarcProblems.Missing(wanted.Name));
        if (!DnsName.TryParse($"_dmarc.{planning.Registrable}", out var above) || above == wanted.Name)
        {
            return missing;
        }

        var lookup = await planning.Queries.AskAsync(above, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        if (!lookup.IsKnown())
        {
            return new Verdict(PlanAction.Add, PlanProblems.NotChecked(above));
        }

        var policies = lookup.Records.OfType<DnsTxtRecord>().Where(record => DmarcRecord.IsDmarc(record.Text)).ToList();
        return policies.Count == 0
            ? missing
            : new Verdict(PlanAction.AlreadyThere, DmarcProblems.Kept(above)) { Existing = Planning.List(policies) };
    }

    private static bool IsSame(string text, Wanted wanted) =>
        text == wanted.Value
        || (wanted.Dkim is { } key && key.IsSame(DkimKey.Parse(text)));

    private static Verdict OfSelector(Wanted wanted, bool isThere) => isThere
        ? new Verdict(PlanAction.AlreadyThere, PlanProblems.DkimDuplicate(wanted.Name))
        : new Verdict(PlanAction.Replace, PlanProblems.DkimDiffers(wanted.Name));
}
