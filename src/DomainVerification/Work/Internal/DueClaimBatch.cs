using DomainVerification.Claims.Internal;
using DomainVerification.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Work.Internal;

/// <summary>
/// Gathers decisions about due claims and writes them together, in as few commits as they allow: where a claim was changed meanwhile, or
/// cannot be written, the halves of the commit are written by themselves, down to that claim. So it never costs the others their looks.
/// </summary>
/// <param name="manager">Writes.</param>
/// <param name="size">After how many decisions to write.</param>
/// <param name="redo">Does anew what is due for a claim that was changed meanwhile.</param>
/// <param name="over">Is told of each claim that was written or done anew.</param>
/// <param name="progress">Is rung when something was written.</param>
/// <param name="logger">The log of the worker.</param>
internal sealed class DueClaimBatch(
    DomainClaimManager manager,
    int size,
    Func<DueDecision, CancellationToken, Task> redo,
    Action<ClaimId> over,
    WorkerBell progress,
    ILogger logger)
{
    /// <summary>How many claims in a row may fail to be written, before it is the store that fails and not the claims.</summary>
    private const int MaximumFaults = 3;

    private readonly Lock _lock = new();
    private List<DueDecision> _gathered = [];

    /// <summary>Adds a decision; whoever fills the batch writes it.</summary>
    public Task AddAsync(DueDecision decision, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _gathered.Add(decision);
            if (_gathered.Count < size)
            {
                return Task.CompletedTask;
            }
        }

        return FlushAsync(cancellationToken);
    }

    /// <summary>Writes what is there.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        List<DueDecision> taken;
        lock (_lock)
        {
            taken = _gathered;
            _gathered = [];
        }

        if (taken.Count == 0)
        {
            return;
        }

        var writing = new Writing();
        await WriteAsync(taken, writing, cancellationToken).ConfigureAwait(false);
        foreach (var decision in writing.Changed)
        {
            await redo(decision, cancellationToken).ConfigureAwait(false);
            over(decision.Before.Id);
        }

        progress.Ring();
    }

    private async Task WriteAsync(List<DueDecision> part, Writing writing, CancellationToken cancellationToken)
    {
        if (writing.Faults >= MaximumFaults)
        {
            return;
        }

        try
        {
            if (await manager.TryCommitAsync(part, cancellationToken).ConfigureAwait(false))
            {
                writing.Faults = 0;
                part.ForEach(decision => over(decision.Before.Id));
                return;
            }

            // After a commit whose end nobody knows, a claim may be changed by that very commit. Who changed it said when it is due.
            if (part.Count == 1 && !writing.IsUnsure)
            {
                writing.Changed.Add(part[0]);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            writing.IsUnsure = true;
            writing.Faults += part.Count == 1 ? 1 : 0;
            DomainVerificationDiagnostics.Log.RecheckFaulted(logger, exception, part[0].Before.Id);
        }

        if (part.Count > 1)
        {
            var half = part.Count / 2;
            await WriteAsync(part[..half], writing, cancellationToken).ConfigureAwait(false);
            await WriteAsync(part[half..], writing, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Writing
    {
        /// <summary>The claims that somebody else was faster with.</summary>
        public List<DueDecision> Changed { get; } = [];

        /// <summary>Whether a commit ended in a fault, and may have been written.</summary>
        public bool IsUnsure { get; set; }

        /// <summary>How many single claims could not be written since the last success.</summary>
        public int Faults { get; set; }
    }
}
