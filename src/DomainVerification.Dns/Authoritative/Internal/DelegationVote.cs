using System.Net;

namespace DomainVerification.Dns;

/// <summary>
/// What the servers of a zone say together of a zone below it. One of them alone must not lead a look-up away: then it would not need the
/// others to say the same as it.
/// </summary>
internal static class DelegationVote
{
    /// <summary>The delegation that more than half of the servers give that speak for the zone; null where there is none.</summary>
    public static Delegation? Of(IReadOnlyList<ServerReport> reports)
    {
        if (!reports.Any(report => report.Referral is not null))
        {
            return null;
        }

        var hosts = reports
            .Where(report => report.Word is not null || report.Referral is not null)
            .GroupBy(report => report.Server.HostName)
            .ToList();
        var told = hosts.Select(DelegationOf).OfType<Delegation>().GroupBy(Key).FirstOrDefault(group => group.Count() * 2 > hosts.Count);
        return told is null ? null : Merge([.. told], hosts.Count);
    }

    /// <summary>What a host says at all its addresses; null where it does not say the same everywhere.</summary>
    private static Delegation? DelegationOf(IEnumerable<ServerReport> host)
    {
        Delegation? told = null;
        foreach (var report in host)
        {
            if (report.Referral is not { } referral || (told is not null && Key(told) != Key(referral)))
            {
                return null;
            }

            told ??= referral;
        }

        return told;
    }

    private static string Key(Delegation delegation) => string.Join(
        ' ',
        delegation.Hosts.Select(host => host.Name.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal).Prepend(
            delegation.Zone.ToString().ToLowerInvariant()));

    // An address counts where more than half give it; the others are looked up.
    private static Delegation Merge(List<Delegation> told, int all)
    {
        var hosts = told[0].Hosts.Select(host => new DelegatedHost(host.Name, Addresses(told, host.Name, all)));
        return told[0] with { Hosts = [.. hosts], TimeToLive = told.Min(one => one.TimeToLive) };
    }

    private static List<IPAddress> Addresses(List<Delegation> told, DnsName host, int all) =>
    [
        .. told.SelectMany(one => one.Hosts.First(other => other.Name == host).Addresses.Distinct())
            .GroupBy(address => address)
            .Where(group => group.Count() * 2 > all)
            .Select(group => group.Key),
    ];
}
