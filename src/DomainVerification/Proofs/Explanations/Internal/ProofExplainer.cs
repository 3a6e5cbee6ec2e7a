using System.Security.Cryptography;
using DomainVerification.Dns;
using DomainVerification.Names.Internal;
using DomainVerification.Proofs.Internal;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Explanations.Internal;

/// <summary>What a closer look found: a diagnosis that says more, where there is one, and the questions that were asked for it.</summary>
internal sealed record Explanation(ProofDiagnosis? Diagnosis, IReadOnlyList<DnsLookup> Asked)
{
    public static Explanation Of(ProofDiagnosis? diagnosis) => new(diagnosis, []);
}

/// <summary>
/// Looks closer at a TXT proof that was not found. The values that are there cost no question; other names are asked for once, side by
/// side, those of <see cref="LikelyPlaces"/> and one more, and only for somebody who reads the answer.
/// </summary>
internal sealed class ProofExplainer(IDnsResolver resolver, DomainNamePolicy names)
{
    public async Task<Explanation> ExplainAsync(
        ProofRequest request,
        DnsLookup lookup,
        IReadOnlyList<string> values,
        CancellationToken cancellationToken)
    {
        var altered = await AlteredValue.ExplainAsync(request, values, cancellationToken).ConfigureAwait(false);
        if (altered is not null || !request.Explains)
        {
            return Explanation.Of(altered ?? AliasInTheWay(request.Record, lookup));
        }

        var zone = names.Zone(request.Domain);
        var places = LikelyPlaces.Of(request.Record.Name, request.Domain.Value, zone.Value);
        IEnumerable<DnsQuestion> questions =
        [
            .. places.Select(place => new DnsQuestion(place.Name, DnsRecordType.TXT)),
            .. lookup switch
            {
                { Status: DnsLookupStatus.NxDomain } => [new DnsQuestion(DnsName.Parse(zone.Value), DnsRecordType.SOA)],
                { Status: DnsLookupStatus.Answered, Aliases.Count: 0 } => [new DnsQuestion(Stranger(lookup), DnsRecordType.TXT)],
                _ => (DnsQuestion[])[],
            },
        ];
        var seen = await Task.WhenAll(questions.Select(question => resolver.ResolveAsync(question, cancellationToken).AsTask()))
            .ConfigureAwait(false);
        var diagnosis = await FindAsync(request, places, seen, cancellationToken).ConfigureAwait(false)
            ?? AliasInTheWay(request.Record, lookup)
            ?? seen.Skip(places.Count).Select(more => Interpret(more, request.Record, zone, values)).FirstOrDefault();
        return new Explanation(diagnosis, seen);
    }

    private static async Task<ProofDiagnosis?> FindAsync(
        ProofRequest request,
        IReadOnlyList<LikelyPlace> places,
        IReadOnlyList<DnsLookup> seen,
        CancellationToken cancellationToken)
    {
        foreach (var (place, lookup) in places.Zip(seen))
        {
            foreach (var text in lookup.Records.OfType<DnsTxtRecord>().Select(record => record.Text))
            {
                if (TokenExtractor.Extract(text, request.Record.ValueFormat) is { } token
                    && await request.Token.MatchAsync(token, cancellationToken).ConfigureAwait(false) == TokenMatch.Current)
                {
                    return place.Diagnosis;
                }
            }
        }

        return null;
    }

    private static ProofDiagnosis? AliasInTheWay(ChallengeRecord record, DnsLookup lookup)
    {
        if (lookup.Aliases.Count == 0 || record.DelegatedName is not null)
        {
            return null;
        }

        var alias = lookup.Aliases[0];
        return alias.Source is DnsDnameRecord
            ? new ProofDiagnosis(
                Codes.DnameInTheWay,
                $"A DNAME record at {alias.Source.Name} sends every name below it elsewhere, {record.Name} too.",
                "Publish the record below the target of the DNAME, or claim a domain above it.")
            : new ProofDiagnosis(
                Codes.CnameInTheWay,
                $"A CNAME record at {record.Name}, or a wildcard above it, sends the name to {alias.Target}.",
                $"Remove the CNAME at {record.Name} and publish the TXT record there; beside a wildcard, the TXT record alone is enough.");
    }

    private static ProofDiagnosis? Interpret(DnsLookup more, ChallengeRecord record, DomainName zone, IReadOnlyList<string> values)
    {
        if (more.Question.Type == DnsRecordType.SOA)
        {
            return more.Status == DnsLookupStatus.NxDomain
                ? new ProofDiagnosis(
                    Codes.DomainNotFound,
                    $"The domain {zone.Value} does not exist in DNS.",
                    "Check the spelling, that the domain is registered and paid for, and that its registrar names its DNS servers.")
                : null;
        }

        var others = more.Records.OfType<DnsTxtRecord>().Select(other => other.Text);
        return more.Status == DnsLookupStatus.Answered && others.ToHashSet().SetEquals(values)
            ? new ProofDiagnosis(
                Codes.WildcardAnswer,
                $"What answers for {record.Name} is a wildcard record, which answers for every name beside it.",
                $"Publish the TXT record at {record.Name} itself; it goes before the wildcard.")
            : null;
    }

    /// <summary>A name beside the record's that nobody has made.</summary>
    private static DnsName Stranger(DnsLookup lookup) =>
        lookup.Question.Name.Parent!.Prepend("_" + RandomNumberGenerator.GetHexString(16, lowercase: true));
}
