using DomainVerification.Dns;
using DomainVerification.Tokens.Internal;

namespace DomainVerification.Proofs.Internal;

/// <summary>
/// A look-up and the judgement of what it found, from which the report is written. By itself it is that of an answer which is the proof and
/// nothing else, at every server that speaks for the zone.
/// </summary>
/// <param name="lookup">The look-up.</param>
/// <param name="record">What was looked for.</param>
/// <param name="checkedAt">When the look-up had ended.</param>
internal class DnsProofDetails(DnsLookup lookup, ChallengeRecord record, DateTimeOffset checkedAt) : WrittenDetails
{
    private readonly long _checkedAt = checkedAt.UtcTicks;

    public override DateTimeOffset CheckedAt => new(_checkedAt, TimeSpan.Zero);

    public override TimeSpan? RetryAfter => lookup.DenialRemains;

    /// <summary>Every value of the answer.</summary>
    public virtual IReadOnlyList<JudgedValue> Values => [new JudgedValue(lookup.Records[0], ObservedVerdict.Match)];

    protected override ProofDiagnosis WriteDiagnosis() => DnsDiagnosis.Of(lookup, record, Values);

    protected override ProofEvidence? WriteEvidence()
    {
        var values = Values;
        if (DnsDiagnosis.FindProof(lookup, record, values) is not { } proof)
        {
            return null;
        }

        return new ProofEvidence
        {
            Method = record.Method,
            RecordName = lookup.Question.Name.ToString(),
            Server = Witness(values)?.ToString() ?? string.Empty,
            Aliases = lookup.Aliases.Count == 0 ? [] : [.. lookup.Aliases.Select(alias => alias.Target.ToString())],
            TimeToLive = proof.TimeToLive,
            ValueDigest = TextDigest.Hexadecimal(proof.Text),
            ObservedAt = CheckedAt,
        };
    }

    protected override IReadOnlyList<ProofObservation> WriteObservations()
    {
        var values = Values;
        return LookupObservations.Of(lookup, record, values, Servers(values));
    }

    /// <summary>Whom the proof was seen at: a server of the zone that holds it, or the one that was asked last.</summary>
    private DnsServerEndpoint? Witness(IReadOnlyList<JudgedValue> values) =>
        Servers(values).Find(static server => server.View.Standing != DnsServerStanding.Lags && server.Holds)?.View.Server
        ?? (lookup.Attempts.Count > 0 ? lookup.Attempts[^1].Server : null);

    /// <summary>What each server of the zone holds; none where resolvers were asked.</summary>
    protected virtual List<JudgedServer> Servers(IReadOnlyList<JudgedValue> values) =>
        [.. lookup.Servers.Select(view => new JudgedServer(view, view.Status is null ? [] : values))];
}
