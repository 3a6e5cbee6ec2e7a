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

    public Task<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return LookAsync(request, cancellationToken).AsTask();
    }

    public async Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken)
    {
        ProofBatch.Require(requests, maxInFlight);
        var reports = new ProofReport[requests.Count];
        await LookupBatch.RunAsync(requests.Count, maxInFlight, LookAtAsync, cancellationToken).ConfigureAwait(false);
        return reports;

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        async ValueTask LookAtAsync(int index, CancellationToken token) =>
            reports[index] = await LookAsync(requests[index], token).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ProofReport> LookAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var record = request.Record;
        var type = record.Method == ProofMethod.DnsCname ? DnsRecordType.CNAME : DnsRecordType.TXT;
        var question = new DnsQuestion(DnsName.Parse(record.Name), type);
        var lookup = await resolver.ResolveAsync(question, cancellationToken).ConfigureAwait(false);
        return await JudgeAsync(request, lookup, started, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Apart from the asking, so that what waits for the network holds little.</summary>
    private async ValueTask<ProofReport> JudgeAsync(
        ProofRequest request,
        DnsLookup lookup,
        long started,
        CancellationToken cancellationToken)
    {
        var record = request.Record;
        var values = await JudgedValue.ReadAsync(lookup.Records, request, cancellationToken).ConfigureAwait(false);
        var servers = AreOfOneMind(lookup.Servers)
            ? null
            : await JudgedServer.ReadAsync(lookup, values, request, cancellationToken).ConfigureAwait(false);
        return DnsDiagnosis.FindProof(lookup, record, values) is null
            ? await ReportFailureAsync(request, lookup, values, servers, started, cancellationToken).ConfigureAwait(false)
            : Report(ProofOutcome.Proved, lookup, record, values, servers, started);
    }

    private async ValueTask<ProofReport> ReportFailureAsync(
        ProofRequest request,
        DnsLookup lookup,
        IReadOnlyList<JudgedValue> values,
        List<JudgedServer>? servers,
        long started,
        CancellationToken cancellationToken)
    {
        var record = request.Record;
        var diagnosis = DnsDiagnosis.Of(lookup, record, values);
        diagnosis = (servers is null ? null : PartlyPublished.Of(record, servers)) ?? diagnosis;
        var explanation = IsExplicable(record, diagnosis)
            ? await ExplainAsync(request, lookup, values, cancellationToken).ConfigureAwait(false)
            : null;
        return Report(DnsDiagnosis.Outcome(lookup), lookup, record, values, servers, started) with
        {
            Diagnosis = explanation?.Diagnosis ?? diagnosis,
            FurtherObservations = explanation is null
                ? []
                : [.. explanation.Asked.SelectMany(asked => LookupObservations.Of(asked, record, [], []))],
        };
    }

    private ProofReport Report(
        ProofOutcome outcome,
        DnsLookup lookup,
        ChallengeRecord record,
        IReadOnlyList<JudgedValue> values,
        List<JudgedServer>? servers,
        long started)
    {
        var now = time.GetUtcNow();
        return new ProofReport(outcome, now, new DnsProofDetails(lookup, record, values, servers, now))
        {
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
