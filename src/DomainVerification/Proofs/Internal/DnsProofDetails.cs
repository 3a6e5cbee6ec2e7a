using DomainVerification.Dns;
using DomainVerification.Tokens.Internal;

namespace DomainVerification.Proofs.Internal;

/// <summary>A look-up and the judgement of what it found, from which the report is written.</summary>
/// <param name="lookup">The look-up.</param>
/// <param name="record">What was looked for.</param>
/// <param name="values">What was found.</param>
/// <param name="servers">What each server of the zone holds; null where all of them hold what was found, or resolvers were asked.</param>
/// <param name="observedAt">When the look-up had ended.</param>
internal sealed class DnsProofDetails(
    DnsLookup lookup,
    ChallengeRecord record,
    IReadOnlyList<JudgedValue> values,
    List<JudgedServer>? servers,
    DateTimeOffset observedAt) : ProofDetails
{
    protected override ProofDiagnosis WriteDiagnosis() => DnsDiagnosis.Of(lookup, record, values);

    protected override ProofEvidence? WriteEvidence()
    {
        if (DnsDiagnosis.FindProof(lookup, record, values) is not { } proof)
        {
            return null;
        }

        return new ProofEvidence
        {
            Method = record.Method,
            RecordName = lookup.Question.Name.ToString(),
            Server = Witness()?.ToString() ?? string.Empty,
            Aliases = lookup.Aliases.Count == 0 ? [] : [.. lookup.Aliases.Select(alias => alias.Target.ToString())],
            TimeToLive = proof.TimeToLive,
            ValueDigest = TextDigest.Hexadecimal(proof.Text),
            ObservedAt = observedAt,
        };
    }

    protected override IReadOnlyList<ProofObservation> WriteObservations() => LookupObservations.Of(lookup, record, values, Servers());

    /// <summary>Whom the proof was seen at: a server of the zone that holds it, or the one that was asked last.</summary>
    private DnsServerEndpoint? Witness() =>
        Servers().Find(static server => server.View.Standing != DnsServerStanding.Lags && server.Holds)?.View.Server
        ?? (lookup.Attempts.Count > 0 ? lookup.Attempts[^1].Server : null);

    private List<JudgedServer> Servers() => servers ?? [.. lookup.Servers.Select(view => new JudgedServer(view, values))];
}
