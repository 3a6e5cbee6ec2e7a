using System.Security.Cryptography;
using DomainVerification.Dns;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Tells records of a name from those of a wildcard (RFC 4592), by asking for a sibling that nobody made.</summary>
internal sealed class Wildcards(PlanQueries queries, DnsName registrable)
{
    private readonly string _label = $"dv-{RandomNumberGenerator.GetHexString(20, lowercase: true)}";

    /// <summary>Whether what was seen at a name is what a sibling shows too.</summary>
    public async Task<bool> MadeAsync(DnsLookup seen, CancellationToken cancellationToken)
    {
        var name = seen.Question.Name;
        if (name.LabelCount <= registrable.LabelCount || !DnsName.TryParse($"{_label}.{name.Parent}", out var sibling))
        {
            return false;
        }

        var other = await queries.AskAsync(sibling, seen.Question.Type, cancellationToken).ConfigureAwait(false);
        return other is not null && (seen.Aliases.Count, other.Aliases.Count) switch
        {
            (0, 0) => seen.Records.Count > 0 && Values(seen).SequenceEqual(Values(other)),
            ( > 0, > 0) => other.Aliases[0].Target == seen.Aliases[0].Target,
            _ => false,
        };
    }

    private static IEnumerable<string> Values(DnsLookup lookup) =>
        lookup.Records.Select(record => record is DnsTxtRecord txt ? txt.Text : record.ToExisting().Value).Order(StringComparer.Ordinal);
}
