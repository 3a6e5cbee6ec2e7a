using DomainVerification.Claims.Internal;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Work.Internal;

/// <summary>
/// What the looks of a sweep found and is not written yet. Nearly all of it is no news and touches nothing but its claim, which a store
/// writes fastest; so what leaves an event is gathered apart.
/// </summary>
internal sealed class DueClaimOutcomes(
    DomainClaimManager manager,
    int size,
    Func<DueDecision, CancellationToken, Task> redo,
    Action<ClaimId> over,
    WorkerBell progress,
    ILogger logger)
{
    private readonly DueClaimBatch _quiet = new(manager, size, redo, over, progress, logger);
    private readonly DueClaimBatch _news = new(manager, size, redo, over, progress, logger);

    /// <summary>Adds a decision, and writes where it is the last that a commit waits for.</summary>
    public Task AddAsync(DueDecision decision, CancellationToken cancellationToken) =>
        (decision.IsNews ? _news : _quiet).AddAsync(decision, cancellationToken);

    /// <summary>Writes what is there.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _quiet.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _news.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
