using System.Security.Cryptography;
using System.Text;
using DomainVerification.Dns;
using DomainVerification.Names.Internal;
using DomainVerification.Proofs.Explanations.Internal;

namespace DomainVerification.Proofs.Internal;

/// <summary>Looks for a TXT or CNAME record. Every record of the answer is judged by itself; their strings are never mixed.</summary>
internal sealed class DnsProofChecker(IDnsResolver resolver, DomainNamePolicy names, TimeProvider time) : IDnsProofChecker
{
    private readonly ProofExplainer _explainer = new(resolver, names);

    public IReadOnlyCollection<ProofMethod> Methods { get; } = [ProofMethod.DnsTxt, ProofMethod.DnsCname];

    public async Task<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = time.GetTimestamp();
        var record = request.Record;
        var type = record.Method == ProofMethod.DnsCname ? DnsRecordType.CNAME : DnsRecordType.TXT;
        var question = new DnsQuestion(DnsName.Parse(record.Name), type);
        var lookup = await resolver.ResolveAsync(question, cancellationToken).ConfigureAwait(false);
        var values = await JudgeAsync(lookup, request, cancellationToken).ConfigureAwait(false);
        var diagnosis = DnsDiagnosis.Of(lookup, record, [.. values.Select(value => value.Verdict)]);
        List<string> texts = [.. values.Select(value => value.Text)];
        var explanation = IsExplicable(record, diagnosis)
            ? await _explainer.ExplainAsync(request, lookup, texts, cancellationToken).ConfigureAwait(false)
            : Explanation.Of(null);
        var now = time.GetUtcNow();
        var match = diagnosis.Code == ProofDiagnosisCodes.Proved ? values.First(value => value.Verdict == ObservedVerdict.Match) : null;
        return new ProofReport
        {
            Outcome = DnsDiagnosis.Outcome(lookup, diagnosis),
            Diagnosis = explanation.Diagnosis ?? diagnosis,
            Evidence = match is null ? null : Evidence(lookup, record.Method, match, now),
            Observations = Observations(lookup, Shown(lookup, record, values)),
            FurtherObservations = [.. explanation.Asked.SelectMany(asked => Observations(asked, []))],
            CheckedAt = now,
            Elapsed = time.GetElapsedTime(started),
            RetryAfter = lookup.NegativeTtl,
        };
    }

    private static bool IsExplicable(ChallengeRecord record, ProofDiagnosis diagnosis) =>
        record is { Method: ProofMethod.DnsTxt, DelegatedName: null }
        && diagnosis.Code is ProofDiagnosisCodes.RecordNotFound or ProofDiagnosisCodes.ValueMismatch;

    private static async Task<List<Judged>> JudgeAsync(DnsLookup lookup, ProofRequest request, CancellationToken cancellationToken)
    {
        var judged = new List<Judged>(lookup.Records.Count);
        foreach (var record in lookup.Records)
        {
            var text = record switch
            {
                DnsTxtRecord txt => txt.Text,
                DnsCnameRecord cname => cname.Target.ToString().ToLowerInvariant(),
                _ => null,
            };
            if (text is not null)
            {
                judged.Add(new Judged(text, record.TimeToLive, await VerdictAsync(text, request, cancellationToken).ConfigureAwait(false)));
            }
        }

        return judged;
    }

    private static async Task<ObservedVerdict> VerdictAsync(string text, ProofRequest request, CancellationToken cancellationToken)
    {
        if (TokenExtractor.Extract(text, request.Record.ValueFormat) is not { } token)
        {
            return ObservedVerdict.Unrelated;
        }

        return await request.Token.MatchAsync(token, cancellationToken).ConfigureAwait(false) switch
        {
            TokenMatch.Current => ObservedVerdict.Match,
            TokenMatch.Spent => ObservedVerdict.SpentToken,
            _ => ObservedVerdict.OtherToken,
        };
    }

    private static ProofEvidence Evidence(DnsLookup lookup, ProofMethod method, Judged match, DateTimeOffset now) => new()
    {
        Method = method,
        RecordName = lookup.Question.Name.ToString(),
        Server = lookup.Attempts.Count > 0 ? lookup.Attempts[^1].Server.ToString() : string.Empty,
        Aliases = [.. lookup.Aliases.Select(alias => alias.Target.ToString())],
        TimeToLive = match.TimeToLive,
        ValueDigest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(match.Text))),
        ObservedAt = now,
    };

    /// <summary>
    /// The values as the report shows them. An alias can lead to a name that only our resolver sees, and the one who published the alias
    /// must not read its records through us: behind an alias that is not the profile's own, only the owner's tokens are shown.
    /// </summary>
    private static List<ObservedValue> Shown(DnsLookup lookup, ChallengeRecord record, List<Judged> values)
    {
        var hides = lookup.Aliases.Count > 0 && record.DelegatedName is null;
        return
        [
            .. values.Select(value => hides && value.Verdict is (ObservedVerdict.OtherToken or ObservedVerdict.Unrelated)
                ? new ObservedValue(ObservedText.Hidden, value.Verdict)
                : new ObservedValue(ObservedText.Show(value.Text), value.Verdict)),
        ];
    }

    private static List<ProofObservation> Observations(DnsLookup lookup, List<ObservedValue> values)
    {
        var observations = new List<ProofObservation>(lookup.Attempts.Count);
        for (var i = 0; i < lookup.Attempts.Count; i++)
        {
            var attempt = lookup.Attempts[i];
            var last = i == lookup.Attempts.Count - 1;
            observations.Add(new ProofObservation
            {
                Server = attempt.Server.ToString(),
                Transport = attempt.Transport.ToString().ToLowerInvariant(),
                Question = $"{attempt.Question.Name} {attempt.Question.Type}",
                Answer = DnsDiagnosis.AnswerCode(attempt),
                Values = last ? values : [],
                Aliases = last ? [.. lookup.Aliases.Select(alias => alias.Target.ToString())] : [],
                Elapsed = attempt.Elapsed,
            });
        }

        return observations;
    }

    private sealed record Judged(string Text, TimeSpan TimeToLive, ObservedVerdict Verdict);
}
