namespace DomainVerification.ConformanceTests.Tests.BrokenCheckers;

/// <summary>Gives the reports as the checks end: here, the last begun first.</summary>
internal sealed class OutOfOrderChecker(IProofChecker inner) : WrappedChecker(inner)
{
    public override async Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken) =>
        [.. (await base.CheckAllAsync(requests, maxInFlight, cancellationToken)).Reverse()];
}

/// <summary>Looks once for each request, however often it is in the list.</summary>
internal sealed class ForgottenRequestsChecker(IProofChecker inner) : WrappedChecker(inner)
{
    public override async Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken) =>
        await base.CheckAllAsync([.. requests.Distinct()], maxInFlight, cancellationToken);
}

/// <summary>Says of many less than of one.</summary>
internal sealed class TerseChecker(IProofChecker inner) : WrappedChecker(inner)
{
    public override async Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken) =>
    [
        .. from report in await base.CheckAllAsync(requests, maxInFlight, cancellationToken)
           select report.Evidence is null
               ? report with { Diagnosis = new ProofDiagnosis(ProofDiagnosisCodes.RecordNotFound, "Not there.") }
               : report,
    ];
}

/// <summary>Throws where it could not ask for one of many.</summary>
internal sealed class ThrowingBatchChecker(IProofChecker inner) : WrappedChecker(inner)
{
    public override async Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken)
    {
        var reports = await base.CheckAllAsync(requests, maxInFlight, cancellationToken);
        return reports.All(report => report.Outcome != ProofOutcome.Inconclusive)
            ? reports
            : throw new InvalidOperationException("A fault of the checker.");
    }
}

/// <summary>Wants something to do.</summary>
internal sealed class NeverEmptyChecker(IProofChecker inner) : WrappedChecker(inner)
{
    public override Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken) =>
        requests is { Count: 0 }
            ? throw new InvalidOperationException("A fault of the checker.")
            : base.CheckAllAsync(requests, maxInFlight, cancellationToken);
}

/// <summary>Takes any number for how many at a time, and skips holes.</summary>
internal sealed class LenientChecker(IProofChecker inner) : WrappedChecker(inner)
{
    public override Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken) =>
        base.CheckAllAsync(requests?.Where(request => request is not null).ToList()!, Math.Max(1, maxInFlight), cancellationToken);
}

/// <summary>Does not look at its token.</summary>
internal sealed class UncancellableBatchChecker(IProofChecker inner) : WrappedChecker(inner)
{
    public override Task<IReadOnlyList<ProofReport>> CheckAllAsync(
        IReadOnlyList<ProofRequest> requests,
        int maxInFlight,
        CancellationToken cancellationToken) => base.CheckAllAsync(requests, maxInFlight, CancellationToken.None);
}
