using DomainVerification.Diagnostics;

namespace DomainVerification.Claims.Internal;

/// <summary>
/// The worker's looks at many claims, whose outcomes are written together. They read nothing: a claim is taken as it was leased, and a
/// commit that finds it changed writes nothing of it.
/// </summary>
internal sealed partial class DomainClaimManager
{
    /// <summary>
    /// Does what is due for a claim, but for the writing; <see langword="null"/> where <see cref="RecheckAsync"/> has to do it, because it
    /// depends on more than the claim itself.
    /// </summary>
    internal async Task<DueDecision?> DecideAsync(DomainClaim due, DateTimeOffset leasedUntil, CancellationToken cancellationToken)
    {
        if (due.Status == ClaimStatus.InReview || DueClaim.IsToHold(due))
        {
            return null;
        }

        LifecycleResult decided;
        var now = time.GetUtcNow();
        if (HasRunOut(due))
        {
            decided = ClaimLifecycle.Apply(due, new ClaimCommand.Expire(), ClaimActor.System, now);
        }
        else if (due.Status == ClaimStatus.Pending && await IsKeptOutAsync(due, cancellationToken).ConfigureAwait(false))
        {
            decided = PassOver(due, now);
        }
        else if (IsLookDue(due, now))
        {
            (decided, _) = await LookAsync(due, ClaimActor.System, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            return null;
        }

        return decided.Error is null ? new DueDecision(due, decided, leasedUntil) : null;
    }

    /// <summary>Writes decisions about different claims in one commit; nothing of them where any of the claims was changed meanwhile.</summary>
    internal async Task<bool> TryCommitAsync(IReadOnlyList<DueDecision> decisions, CancellationToken cancellationToken)
    {
        // No look ends a failed provision, so there are no dead letters to be settled with it.
        var commit = commits.Of([.. decisions.Select(decision => decision.Decided)]);
        if (!await commits.TryWriteAsync(commit, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        DomainVerificationDiagnostics.Record(logger, commit.Events);
        return true;
    }

    /// <summary>Writes a decision by itself and claims the domain; decides anew where somebody else was faster.</summary>
    internal async Task FinishAsync(DueDecision decision, CancellationToken cancellationToken)
    {
        if (await CommitAsync(decision.Decided, decision.Before, cancellationToken).ConfigureAwait(false) is not { } written)
        {
            await RecheckAsync(decision.Before, cancellationToken).ConfigureAwait(false);
            return;
        }

        await HoldDueAsync(ClaimReference.To(decision.Before), written, cancellationToken).ConfigureAwait(false);
    }
}
