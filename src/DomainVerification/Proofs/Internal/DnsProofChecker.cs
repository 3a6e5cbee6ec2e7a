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

    public ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CheckOnceAsync(request, cancellationToken);
    }

    public async Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken)
    {
        ProofBatch.Require(requests, maxInFlight);
        DnsProofBatch batch = new(this, requests);
        await LookupBatch.RunAsync(batch, maxInFlight, cancellationToken).ConfigureAwait(false);
        return batch.Reports;
    }

    // The state of a check that has ended serves another one, so that one which proves leaves nothing but its report.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ProofReport> CheckOnceAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        var started = Now;
        var lookup = await LookUpAsync(request, cancellationToken).ConfigureAwait(false);
        return TryReport(request, lookup, started)
            ?? await JudgeAsync(request, lookup, started, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A timestamp.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>Looks for what may be the proof.</summary>
    public ValueTask<DnsLookup> LookUpAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        var record = request.Record;
        var type = record.Method == ProofMethod.DnsCname ? DnsRecordType.CNAME : DnsRecordType.TXT;
        return resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(record.Name), type), cancellationToken);
    }

    /// <summary>
    /// Reports on an answer that is the proof and nothing else, at every server that speaks for the zone, found out without making objects
    /// of it: so most looks end. Null where it has to be judged.
    /// </summary>
    public ProofReport? TryReport(ProofRequest request, DnsLookup lookup, long started) => IsProof(lookup, request)
        ? Report(ProofOutcome.Proved, new DnsProofDetails(lookup, request.Record, time.GetUtcNow()), started)
        : null;

    private static bool IsProof(DnsLookup lookup, ProofRequest request) =>
        request.Record.DelegatedName is null
        && lookup.Status == DnsLookupStatus.Answered
        && lookup.OnlyText is { IsEmpty: false } text
        && JudgedValue.IsToken(text.Span, request);

    /// <summary>Judges every value of an answer by itself, and reports.</summary>
    public async ValueTask<ProofReport> JudgeAsync(
        ProofRequest request,
        DnsLookup lookup,
        long started,
        CancellationToken cancellationToken)
    {
        var values = await JudgedValue.ReadAsync(lookup.Records, request, cancellationToken).ConfigureAwait(false);
        var servers = lookup.AreOfOneMind
            ? null
            : await JudgedServer.ReadAsync(lookup, values, request, cancellationToken).ConfigureAwait(false);
        JudgedProofDetails details = new(lookup, request.Record, values, servers, time.GetUtcNow());
        return DnsDiagnosis.FindProof(lookup, request.Record, values) is null
            ? await ReportFailureAsync(request, lookup, details, servers, started, cancellationToken).ConfigureAwait(false)
            : Report(ProofOutcome.Proved, details, started);
    }

    private async ValueTask<ProofReport> ReportFailureAsync(
        ProofRequest request,
        DnsLookup lookup,
        JudgedProofDetails details,
        List<JudgedServer>? servers,
        long started,
        CancellationToken cancellationToken)
    {
        var record = request.Record;
        var diagnosis = (servers is null ? null : PartlyPublished.Of(record, servers)) ?? details.Diagnosis;
        var explanation = IsExplicable(record, diagnosis)
            ? await ExplainAsync(request, lookup, details.Values, cancellationToken).ConfigureAwait(false)
            : null;
        return Report(DnsDiagnosis.Outcome(lookup), details, started) with
        {
            Diagnosis = explanation?.Diagnosis ?? diagnosis,
            FurtherObservations = explanation is null
                ? []
                : [.. explanation.Asked.SelectMany(asked => LookupObservations.Of(asked, record, [], []))],
        };
    }

    private ProofReport Report(ProofOutcome outcome, DnsProofDetails details, long started) =>
        new(outcome, details) { Elapsed = time.GetElapsedTime(started) };

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
}
