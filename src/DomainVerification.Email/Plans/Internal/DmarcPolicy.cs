using DomainVerification.Dns;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>What receivers find when they look for the DMARC record of a domain.</summary>
/// <param name="State">Whether there is one.</param>
/// <param name="Record">The record; null where there is none that counts.</param>
/// <param name="Name">Where it is, or where the domain's own would be.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record DmarcPolicy(DmarcState State, DmarcRecord? Record, DnsName Name, PlanProblem? Problem = null)
{
    /// <summary>Looks at the domain, then at its registrable domain (RFC 7489, section 6.6.3).</summary>
    public static async Task<DmarcPolicy> FindAsync(
        PlanQueries queries, IPublicSuffixList suffixes, DomainName domain, CancellationToken cancellationToken)
    {
        var own = await AtAsync(queries, domain, cancellationToken).ConfigureAwait(false);
        if (own.State != DmarcState.Missing || suffixes.GetRegistrableDomain(domain) is not { } registrable || registrable == domain)
        {
            return own;
        }

        var above = await AtAsync(queries, registrable, cancellationToken).ConfigureAwait(false);
        return above.State == DmarcState.Missing ? own : above;
    }

    private static async Task<DmarcPolicy> AtAsync(PlanQueries queries, DomainName domain, CancellationToken cancellationToken)
    {
        if (!DnsName.TryParse($"_dmarc.{domain.Value}", out var name))
        {
            return new DmarcPolicy(DmarcState.Unknown, null, DnsName.Parse(domain.Value));
        }

        var lookup = await queries.AskAsync(name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        var texts = lookup.Texts().Where(DmarcRecord.IsDmarc).ToList();
        return texts.Count switch
        {
            0 => Without(lookup, name),
            1 => DmarcRecord.Parse(texts[0], out var error) is { } record
                ? new DmarcPolicy(DmarcState.Found, record, name)
                : new DmarcPolicy(DmarcState.Broken, null, name, DmarcProblems.Invalid(name, error!)),
            _ => new DmarcPolicy(DmarcState.Broken, null, name, DmarcProblems.Duplicate(name, texts.Count)),
        };
    }

    private static DmarcPolicy Without(DnsLookup? lookup, DnsName name)
    {
        // A record beside a second one that DNS did not show would spoil both, so none is advised unless it is sure that there is none.
        if (!lookup.IsKnown())
        {
            return new DmarcPolicy(DmarcState.Unknown, null, name, PlanProblems.NotChecked(name));
        }

        return new DmarcPolicy(DmarcState.Missing, null, name);
    }
}

/// <summary>Whether a domain has a DMARC record.</summary>
internal enum DmarcState
{
    Missing,
    Found,
    Broken,
    Unknown,
}
