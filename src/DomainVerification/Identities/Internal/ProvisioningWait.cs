using DomainVerification.Diagnostics;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Identities.Internal;

/// <summary>Waits for the identities of a claim, and lets the worker of this process look for work at once.</summary>
internal sealed class ProvisioningWait(
    IClaimStore store,
    IClaimSignals signals,
    WorkerBell bell,
    TimeProvider time,
    ILogger<ProvisioningWait> logger)
{
    /// <summary>Signals may reach this process only; what another one does is seen by looking.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Waits until nothing more can be expected, or the patience is over.</summary>
    /// <returns>The claim as it is then; <see langword="null"/> where it is gone.</returns>
    public async Task<DomainClaim?> WaitAsync(ClaimId id, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var subscription = signals.Subscribe(id);

        // Only now, so that no change falls between the round and the subscription.
        bell.Ring();
        try
        {
            return await LookAsync(id, () => patience - time.GetElapsedTime(began), subscription, over.Token).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether identities are on their way that may still come by themselves.</summary>
    private static bool IsUnderWay(DomainClaim claim) => claim is { Status: ClaimStatus.Provisioning, ProvisioningError: null };

    private async Task<DomainClaim?> LookAsync(
        ClaimId id,
        Func<TimeSpan> rest,
        IClaimSubscription subscription,
        CancellationToken cancellationToken)
    {
        Task? signal = null;
        while (true)
        {
            var claim = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
            var left = rest();
            if (claim is null || !IsUnderWay(claim) || left <= TimeSpan.Zero)
            {
                return claim;
            }

            signal ??= subscription.WaitAsync(cancellationToken);
            if (await RaiseOrPauseAsync(signal, left < LookAgain ? left : LookAgain, cancellationToken).ConfigureAwait(false))
            {
                signal = AfterSignal(id, signal, cancellationToken);
            }
        }
    }

    private async Task<bool> RaiseOrPauseAsync(Task signal, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(signal, Task.Delay(pause, time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return signal.IsCompleted;
    }

    /// <summary>A fresh wait after a signal; one without an end after a fault, so that only looking counts from then on.</summary>
    private Task? AfterSignal(ClaimId id, Task signal, CancellationToken cancellationToken)
    {
        if (signal.IsCompletedSuccessfully)
        {
            return null;
        }

        if (signal.Exception?.InnerException is { } fault)
        {
            DomainVerificationDiagnostics.Log.SignalsFaulted(logger, fault, id);
        }

        return Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
    }
}
