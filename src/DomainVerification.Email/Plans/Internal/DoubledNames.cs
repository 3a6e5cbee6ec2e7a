using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Finds records whose name ends in the zone twice, because a console added it to a full name.</summary>
internal sealed class DoubledNames(PlanQueries queries)
{
    /// <summary>The doubled name that holds a record; null where there is none.</summary>
    /// <param name="name">The name where the record belongs.</param>
    /// <param name="zone">Its zone.</param>
    /// <param name="type">Its type.</param>
    /// <param name="isIt">Whether an answer holds it.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<DnsName?> FindAsync(
        DnsName name, DnsName zone, DnsRecordType type, Func<DnsLookup, bool> isIt, CancellationToken cancellationToken)
    {
        if (!DnsName.TryParse($"{zone}.{zone}", out var twice) || !DnsName.TryParse($"{name}.{zone}", out var doubled))
        {
            return null;
        }

        // One question settles most plans: without that name, there is none below it (RFC 8020).
        var above = await queries.AskAsync(twice, DnsRecordType.SOA, cancellationToken).ConfigureAwait(false);
        if (above.IsNoName())
        {
            return null;
        }

        var lookup = await queries.AskAsync(doubled, type, cancellationToken).ConfigureAwait(false);
        return lookup is { Status: DnsLookupStatus.Answered, Aliases.Count: 0 } && isIt(lookup) ? doubled : null;
    }

    /// <summary>Whether a target is another one with the zone added.</summary>
    public static bool IsDoubled(DnsName found, DnsName wanted, DnsName zone) =>
        DnsName.TryParse($"{wanted}.{zone}", out var doubled) && found == doubled;
}
