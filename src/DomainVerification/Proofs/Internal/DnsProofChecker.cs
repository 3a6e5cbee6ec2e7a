using DomainVerification.Dns;
using DomainVerification.Names.Internal;
using DomainVerification.Proofs.Explanations.Internal;
using DomainVerification.Tokens.Internal;

namespace DomainVerification.Proofs.Internal;

/// <summary>Looks for a TXT or CNAME record. Every record of the answer is judged by itself; their strings are never mixed.</summary>
internal sealed class DnsProofChecker(IDnsResolver resolver, DomainNamePolicy names, TimeProvider time) : IDnsProofChecker
{
    private static readonly List<JudgedServer> NoServers = [];

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
        var values = await JudgedValue.ReadAsync(lookup.Records, request, cancellationToken).ConfigureAwait(false);
        var views = await ViewsAsync(lookup, values, request, cancellationToken).ConfigureAwait(false);
        var diagnosis = DnsDiagnosis.Of(lookup, record, values);
        diagnosis = PartlyPublished.Of(diagnosis, record, views) ?? diagnosis;
        var explanation = IsExplicable(record, diagnosis)
            ? await ExplainAsync(request, lookup, values, cancellationToken).ConfigureAwait(false)
            : null;
        var now = time.GetUtcNow();
        var match = diagnosis.Code == ProofDiagnosisCodes.Proved ? values.Find(value => value.Verdict == ObservedVerdict.Match) : null;
        return new ProofReport
        {
            Outcome = DnsDiagnosis.Outcome(lookup, diagnosis),
            Diagnosis = explanation?.Diagnosis ?? diagnosis,
            Evidence = match is null ? null : Evidence(lookup, views, record.Method, match, now),
            Observations = LookupObservations.Of(lookup, record, values, views),
            FurtherObservations = explanation is null
                ? []
                : [.. explanation.Asked.SelectMany(asked => LookupObservations.Of(asked, record, [], []))],
            CheckedAt = now,
            Elapsed = time.GetElapsedTime(started),
            RetryAfter = lookup.DenialRemains,
        };
    }

    private static bool IsExplicable(ChallengeRecord record, ProofDiagnosis diagnosis) =>
        record is { Method: ProofMethod.DnsTxt, DelegatedName: null }
        && diagnosis.Code is ProofDiagnosisCodes.RecordNotFound or ProofDiagnosisCodes.ValueMismatch;

    private async ValueTask<Explanation> ExplainAsync(
        ProofRequest request,
        DnsLookup lookup,
        List<JudgedValue> values,
        CancellationToken cancellationToken)
    {
        List<string> texts = [.. values.Select(value => value.Text)];
        return await _explainer.ExplainAsync(request, lookup, texts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What each server of the zone holds. Those that agree hold what was judged already.</summary>
    private static async ValueTask<List<JudgedServer>> ViewsAsync(
        DnsLookup lookup,
        List<JudgedValue> values,
        ProofRequest request,
        CancellationToken cancellationToken)
    {
        if (lookup.Servers.Count == 0)
        {
            return NoServers;
        }

        var views = new List<JudgedServer>(lookup.Servers.Count);
        foreach (var view in lookup.Servers)
        {
            var held = view.Standing == DnsServerStanding.Agrees
                ? values
                : await JudgedValue.ReadAsync(view.Records, request, cancellationToken).ConfigureAwait(false);
            views.Add(new JudgedServer(view, held));
        }

        return views;
    }

    private static ProofEvidence Evidence(
        DnsLookup lookup,
        List<JudgedServer> servers,
        ProofMethod method,
        JudgedValue match,
        DateTimeOffset now) => new()
        {
            Method = method,
            RecordName = lookup.Question.Name.ToString(),
            Server = Witness(lookup, servers)?.ToString() ?? string.Empty,
            Aliases = lookup.Aliases.Count == 0 ? [] : [.. lookup.Aliases.Select(alias => alias.Target.ToString())],
            TimeToLive = match.TimeToLive,
            ValueDigest = TextDigest.Hexadecimal(match.Text),
            ObservedAt = now,
        };

    /// <summary>Whom the proof was seen at: a server of the zone that holds it, or the one that was asked last.</summary>
    private static DnsServerEndpoint? Witness(DnsLookup lookup, List<JudgedServer> servers) =>
        servers.Find(static server => server.View.Standing != DnsServerStanding.Lags && server.Holds)?.View.Server
        ?? (lookup.Attempts.Count > 0 ? lookup.Attempts[^1].Server : null);
}
