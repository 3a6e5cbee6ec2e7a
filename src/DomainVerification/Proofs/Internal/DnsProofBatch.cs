using DomainVerification.Dns;

namespace DomainVerification.Proofs.Internal;

/// <summary>Many checks of one caller.</summary>
/// <param name="checker">Who looks and judges.</param>
/// <param name="requests">What to look for.</param>
internal sealed class DnsProofBatch(DnsProofChecker checker, IReadOnlyList<ProofRequest> requests) : ILookupWork
{
    /// <summary>The reports, in the order of the requests.</summary>
    public ProofReport[] Reports { get; } = new ProofReport[requests.Count];

    public int Count => Reports.Length;

    public long Now => checker.Now;

    public ValueTask<DnsLookup> AskAsync(int index, CancellationToken cancellationToken) =>
        checker.LookUpAsync(requests[index], cancellationToken);

    public ValueTask TakeAsync(int index, DnsLookup lookup, long started, CancellationToken cancellationToken)
    {
        if (checker.TryReport(requests[index], lookup, started) is not { } report)
        {
            return JudgeAsync(index, lookup, started, cancellationToken);
        }

        Reports[index] = report;
        return ValueTask.CompletedTask;
    }

    private async ValueTask JudgeAsync(int index, DnsLookup lookup, long started, CancellationToken cancellationToken) =>
        Reports[index] = await checker.JudgeAsync(requests[index], lookup, started, cancellationToken).ConfigureAwait(false);
}
