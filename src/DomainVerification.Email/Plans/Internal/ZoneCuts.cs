using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Finds the zones that names lie in, from the registrable domain down, by their SOA records.</summary>
internal sealed class ZoneCuts(PlanQueries queries, DnsName registrable)
{
    private int _unknown;

    /// <summary>Whether a question went without an answer, so that a zone may have been missed.</summary>
    public bool IsUnsure => Volatile.Read(ref _unknown) != 0;

    /// <summary>The deepest zone at or above a name; the registrable domain where DNS shows none.</summary>
    public async Task<DnsName> FindAsync(DnsName name, CancellationToken cancellationToken)
    {
        var zone = registrable;
        foreach (var candidate in Candidates(name))
        {
            var lookup = await queries.AskAsync(candidate, DnsRecordType.SOA, cancellationToken).ConfigureAwait(false);
            if (lookup.IsNoName())
            {
                break;
            }

            if (!lookup.IsKnown())
            {
                Interlocked.Exchange(ref _unknown, 1);
            }
            else if (lookup.Aliases.Count == 0 && lookup.Records.Any(record => record.Name == candidate))
            {
                zone = candidate;
            }
        }

        return zone;
    }

    private List<DnsName> Candidates(DnsName name)
    {
        List<DnsName> candidates = [];
        for (var at = name; at is not null && at.LabelCount >= registrable.LabelCount; at = at.Parent)
        {
            candidates.Add(at);
        }

        candidates.Reverse();
        return candidates;
    }
}
