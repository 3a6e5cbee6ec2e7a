using DomainVerification.Dns;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Explanations.Internal;

/// <summary>A name at which a record is published by mistake, and what it means to find it there.</summary>
internal sealed record LikelyPlace(DnsName Name, ProofDiagnosis Diagnosis);

/// <summary>Where owners put a record that belongs elsewhere, the likeliest first.</summary>
internal static class LikelyPlaces
{
    private const int Maximum = 6;

    /// <param name="record">The name of the record.</param>
    /// <param name="domain">The domain that is claimed.</param>
    /// <param name="zone">The registrable domain, which the zone's editor most often adds to names.</param>
    public static IReadOnlyList<LikelyPlace> Of(string record, string domain, string zone)
    {
        var domainPart = IsBelow(record, domain) ? domain : IsBelow(record, zone) ? zone : record;
        var label = domainPart.Length == record.Length ? string.Empty : record[..^(domainPart.Length + 1)];
        List<(string Name, string Code, string Seen)> places = [];
        foreach (var added in (string[])[zone, domain])
        {
            places.Add(($"{record}.{added}", Codes.RecordNameDoubled, "which has the domain twice"));
        }

        if (label.Length > 0)
        {
            places.Add((domainPart, Codes.RecordAtDomain, "without the label before it"));
            if (label[0] == '_')
            {
                places.Add(($"{label[1..]}.{domainPart}", Codes.RecordAtOtherName, "without the underscore"));
            }
        }

        if (domain != zone)
        {
            var other = domainPart == zone ? domain : zone;
            places.Add((label.Length > 0 ? $"{label}.{other}" : other, Codes.RecordAtOtherName, "under another domain"));
        }

        var relative = IsBelow(record, zone) ? record[..^(zone.Length + 1)] : "@";
        return
        [
            .. places
                .Where(place => place.Name != record && DnsName.TryParse(place.Name, out _))
                .DistinctBy(place => place.Name)
                .Take(Maximum)
                .Select(place => new LikelyPlace(
                    DnsName.Parse(place.Name),
                    new ProofDiagnosis(
                        place.Code,
                        $"The record is published at {place.Name}, {place.Seen}.",
                        $"Publish it at {record}. In an editor that adds {zone} by itself, the name to enter is {relative}."))),
        ];
    }

    private static bool IsBelow(string name, string domain) =>
        name.Length > domain.Length + 1 && name.EndsWith(domain, StringComparison.Ordinal) && name[^(domain.Length + 1)] == '.';
}
