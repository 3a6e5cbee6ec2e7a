namespace DomainVerification;

/// <summary>Many checks by a checker that knows one at a time.</summary>
internal static class ProofBatch
{
    public static void Require(IReadOnlyList<ProofRequest> requests, int maxInFlight)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxInFlight, 1);
        foreach (var request in requests)
        {
            ArgumentNullException.ThrowIfNull(request, nameof(requests));
        }
    }

    public static async Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IProofChecker checker,
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken)
    {
        Require(requests, maxInFlight);
        var reports = new ProofReport[requests.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = maxInFlight, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, requests.Count, options, CheckAsync).ConfigureAwait(false);
        return reports;

        async ValueTask CheckAsync(int index, CancellationToken token) =>
            reports[index] = await checker.CheckAsync(requests[index], token).ConfigureAwait(false);
    }
}
