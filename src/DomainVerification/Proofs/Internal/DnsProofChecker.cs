using System.Runtime.CompilerServices;
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
        var lookup = await LookUpAsync(request, cancellationToken).ConfigureAwait(false);
        return IsProof(lookup, request)
            ? Report(ProofOutcome.Proved, lookup, request, answer: null, started)
            : await JudgeAsync(request, lookup, started, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken)
    {
        ProofBatch.Require(requests, maxInFlight);
        var reports = new ProofReport[requests.Count];
        await LookupBatch.RunAsync(requests.Count, maxInFlight, CheckOneAsync, cancellationToken).ConfigureAwait(false);
        return reports;

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        async ValueTask CheckOneAsync(int index, CancellationToken token)
        {
            // As CheckAsync, whose task would be one more object for each.
            var started = time.GetTimestamp();
            var lookup = await LookUpAsync(requests[index], token).ConfigureAwait(false);
            reports[index] = IsProof(lookup, requests[index])
                ? Report(ProofOutcome.Proved, lookup, requests[index], answer: null, started)
                : await JudgeAsync(requests[index], lookup, started, token).ConfigureAwait(false);
        }
    }

    private ValueTask<DnsLookup> LookUpAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        var record = request.Record;
        var type = record.Method == ProofMethod.DnsCname ? DnsRecordType.CNAME : DnsRecordType.TXT;
        return resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(record.Name), type), cancellationToken);
    }

    /// <summary>
    /// Whether the answer is the proof and nothing else, at every server that was asked, found out without making objects of it: so most
    /// looks end. False says nothing.
    /// </summary>
    private static bool IsProof(DnsLookup lookup, ProofRequest request) =>
        request.Record.DelegatedName is null
        && lookup.Status == DnsLookupStatus.Answered
        && lookup.OnlyText is { } text
        && AreOfOneMind(lookup.Servers)
        && JudgedValue.IsToken(text.Span, request);

    private async ValueTask<ProofReport> JudgeAsync(
        ProofRequest request,
        DnsLookup lookup,
        long started,
        CancellationToken cancellationToken)
    {
        var values = await JudgedValue.ReadAsync(lookup.Records, request, cancellationToken).ConfigureAwait(false);
        var servers = AreOfOneMind(lookup.Servers)
            ? null
            : await JudgedServer.ReadAsync(lookup, values, request, cancellationToken).ConfigureAwait(false);
        JudgedAnswer answer = new(values, servers);
        return DnsDiagnosis.FindProof(lookup, request.Record, values) is null
            ? await ReportFailureAsync(request, lookup, answer, started, cancellationToken).ConfigureAwait(false)
            : Report(ProofOutcome.Proved, lookup, request, answer, started);
    }

    private async ValueTask<ProofReport> ReportFailureAsync(
        ProofRequest request,
        DnsLookup lookup,
        JudgedAnswer answer,
        long started,
        CancellationToken cancellationToken)
    {
        var record = request.Record;
        var diagnosis = DnsDiagnosis.Of(lookup, record, answer.Values);
        diagnosis = (answer.Servers is null ? null : PartlyPublished.Of(record, answer.Servers)) ?? diagnosis;
        var explanation = IsExplicable(record, diagnosis)
            ? await ExplainAsync(request, lookup, answer.Values, cancellationToken).ConfigureAwait(false)
            : null;
        return Report(DnsDiagnosis.Outcome(lookup), lookup, request, answer, started) with
        {
            Diagnosis = explanation?.Diagnosis ?? diagnosis,
            FurtherObservations = explanation is null
                ? []
                : [.. explanation.Asked.SelectMany(asked => LookupObservations.Of(asked, record, [], []))],
        };
    }

    private ProofReport Report(ProofOutcome outcome, DnsLookup lookup, ProofRequest request, JudgedAnswer? answer, long started) =>
        new(outcome, new DnsProofDetails(lookup, request.Record, answer, time.GetUtcNow())) { Elapsed = time.GetElapsedTime(started) };

    private static bool IsExplicable(ChallengeRecord record, ProofDiagnosis diagnosis) =>
        record is { Method: ProofMethod.DnsTxt, DelegatedName: null }
        && diagnosis.Code is ProofDiagnosisCodes.RecordNotFound or ProofDiagnosisCodes.ValueMismatch;

    private async ValueTask<Explanation> ExplainAsync(
        ProofRequest request,
        DnsLookup lookup,
        IReadOnlyList<JudgedValue> values,
        CancellationToken cancellationToken)
    {
        List<string> texts = [.. values.Select(value => value.Text)];
        return await _explainer.ExplainAsync(request, lookup, texts, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether all servers hold what was found: then there is nothing to judge in what each of them said.</summary>
    private static bool AreOfOneMind(IReadOnlyList<DnsServerView> servers)
    {
        for (var i = 0; i < servers.Count; i++)
        {
            if (servers[i].Standing != DnsServerStanding.Agrees)
            {
                return false;
            }
        }

        return true;
    }
}
