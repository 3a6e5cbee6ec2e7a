using DomainVerification.Options.Internal;
using DomainVerification.Work.Internal;

namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    public Task<ClaimResult> ClaimAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken) =>
        HoldAsync(claim, options, Actor(claim, options), cancellationToken);

    public Task<ClaimResult> UnclaimAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken)
    {
        var actor = Actor(claim, options);
        var round = 0;
        return RunAsync(claim, options, (found, token) => UnclaimOnceAsync(found, actor, round++, token), cancellationToken);
    }

    public async Task<ClaimResult> EndAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken)
    {
        var actor = Actor(claim, options);
        var round = 0;
        Round end = (found, token) => found.Status.Holds
            ? UnclaimOnceAsync(found, actor, round++, token)
            : EndOnceAsync(found, actor, token);
        var result = await RunAsync(claim, options, end, cancellationToken).ConfigureAwait(false);

        // Given up, but verified still; an owner who claims again and again at the same time has to decide what it wants.
        for (var i = 0; i < MaximumRounds && result is { Error: null, Claim: { Status.IsLive: true } live }; i++)
        {
            result = await RunAsync(ClaimReference.To(live), null, end, cancellationToken).ConfigureAwait(false);
        }

        return result is { Error: null, Claim: { Status.IsLive: true } again }
            ? ClaimResult.Failed(ClaimResultStatus.Conflict, ClaimRefusals.VersionConflict, again)
            : result;
    }

    private async Task<ClaimResult?> UnclaimOnceAsync(DomainClaim claim, ClaimActor actor, int round, CancellationToken cancellationToken)
    {
        var command = new ClaimCommand.Unclaim(WatchSchedule.Next(profiles.Find(claim.Profile), claim));
        var ended = ClaimLifecycle.Apply(claim, command, actor, time.GetUtcNow());
        var woken = ended.Error is null && round < ClaimContenders.WakingRounds
            ? await contenders.WakeAsync(claim, [claim], time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            : [];
        return await CommitAsync([ended, .. woken], ended, claim, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ClaimResult?> EndOnceAsync(DomainClaim claim, ClaimActor actor, CancellationToken cancellationToken)
    {
        if (!claim.Status.IsLive)
        {
            return ClaimResult.Unchanged(claim);
        }

        ClaimCommand command = claim.Status == ClaimStatus.Pending ? new ClaimCommand.Cancel() : new ClaimCommand.Unverify();
        var ended = ClaimLifecycle.Apply(claim, command, actor, time.GetUtcNow());
        return await CommitAsync(ended, claim, cancellationToken).ConfigureAwait(false);
    }

    private Task<ClaimResult> HoldAsync(
        ClaimReference reference,
        ClaimActionOptions? options,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        long? seen = null;
        return RunAsync(
            reference,
            options,
            async (claim, token) =>
            {
                if (claim.Status.Holds)
                {
                    return await AnswerHolderAsync(claim, actor, token).ConfigureAwait(false);
                }

                var holding = await store.FindHoldingAsync(claim.Profile, claim.Domain, token).ConfigureAwait(false);

                // Who wanted to take the domain from one holder has not decided to take it from another who came in between.
                seen ??= holding.Epoch;
                return seen == holding.Epoch || claim.Exclusivity == DomainExclusivity.Shared
                    ? await HoldOnceAsync(claim, holding, actor, token).ConfigureAwait(false)
                    : ClaimResult.Failed(ClaimResultStatus.Conflict, ClaimRefusals.DomainContested, claim);
            },
            cancellationToken);
    }

    /// <summary>Answers who holds already: where the identities could not be made, asking again makes another try.</summary>
    private async Task<ClaimResult?> AnswerHolderAsync(DomainClaim claim, ClaimActor actor, CancellationToken cancellationToken)
    {
        if (claim is not { Status: ClaimStatus.Provisioning, ProvisioningError: not null })
        {
            return ClaimResult.Unchanged(claim);
        }

        // A provisioner that the profile has lost since is not waited for; an unknown profile loses nothing.
        var present = profiles.Find(claim.Profile) is { } profile
            ? provisioners.Of(profile)
            : [.. claim.Provisioning.Select(step => step.Provisioner)];
        ClaimCommand command = claim.Provisioning.All(step => IsSettled(step, present))
            ? new ClaimCommand.SettleProvisioning(present)
            : new ClaimCommand.RetryProvisioning(present);
        var retried = ClaimLifecycle.Apply(claim, command, actor, time.GetUtcNow());
        return await CommitAsync(retried, claim, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsSettled(ProvisioningStep step, IReadOnlyList<string> present) =>
        step.State == ProvisioningStepState.Done
        || (step.State == ProvisioningStepState.Failed && !present.Contains(step.Provisioner));

    private async Task<ClaimResult?> HoldOnceAsync(
        DomainClaim claim,
        DomainHolding holding,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        if (ClaimTransitions.Find(claim.Status, ClaimAction.Claim) is null)
        {
            return ClaimResult.Refused(ClaimRefusals.Of(claim.Status, ClaimAction.Claim), claim);
        }

        if (profiles.Find(claim.Profile) is not { } profile)
        {
            return ClaimResult.Refused(ProfileRegistry.Unknown(claim.Profile), claim);
        }

        if (!IsFresh(claim))
        {
            return ClaimResult.Refused(ClaimRefusals.ProofStale, claim);
        }

        if (holding.Holder is not { } holder)
        {
            var mayBeUndoable = claim.Exclusivity == DomainExclusivity.OneHolder && profile.Transfers.UndoWindow > TimeSpan.Zero;
            var undoable = mayBeUndoable && holding.Epoch > 0
                ? await undoing.FindAsync(claim, holding.Epoch, time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
                : null;
            var held = Hold(claim, profile, holding.Epoch + 1, undoable, actor);
            return await HoldFreeAsync(held, claim, holding, cancellationToken).ConfigureAwait(false);
        }

        return claim.Exclusivity == DomainExclusivity.Shared || profile.Takeover != TakeoverRule.ByProof
            ? ClaimResult.Refused(ClaimRefusals.DomainHeld, claim)
            : await ContendAsync(claim, holder, profile, actor, cancellationToken).ConfigureAwait(false);
    }

    private LifecycleResult Hold(
        DomainClaim claim,
        DomainVerificationOptions profile,
        long epoch,
        ClaimTransfer? transfer,
        ClaimActor actor)
    {
        var parts = provisioners.Of(profile);
        var dueAt = WatchSchedule.Next(profile, claim);
        ClaimCommand command = parts.Count > 0
            ? new ClaimCommand.ClaimAndProvision(epoch, parts, transfer, dueAt)
            : new ClaimCommand.Claim(epoch, transfer, dueAt);
        return ClaimLifecycle.Apply(claim, command, actor, time.GetUtcNow());
    }

    /// <summary>Holds a domain that nobody holds exclusively.</summary>
    private async Task<ClaimResult?> HoldFreeAsync(
        LifecycleResult held,
        DomainClaim claim,
        DomainHolding holding,
        CancellationToken cancellationToken)
    {
        if (await CommitAsync(held, claim, cancellationToken).ConfigureAwait(false) is { } result)
        {
            return result;
        }

        // Where nothing moved and the store still refuses, holders from a time when the profile was shared are in the way.
        var after = await store.FindHoldingAsync(claim.Profile, claim.Domain, cancellationToken).ConfigureAwait(false);
        var now = await store.FindAsync(claim.Id, cancellationToken).ConfigureAwait(false);
        return after == holding && now?.Version == claim.Version ? ClaimResult.Refused(ClaimRefusals.DomainHeld, claim) : null;
    }

    /// <summary>Releases the holder and lets the claimant hold, in one commit.</summary>
    private async Task<ClaimResult?> TakeOverAsync(
        DomainClaim claim,
        DomainClaim holder,
        DomainVerificationOptions profile,
        ClaimTransfer transfer,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var held = Hold(claim, profile, holder.Epoch + 1, transfer, actor);

        // The released owner must not learn who took the domain, so its trail names the system.
        var released = ClaimLifecycle.Apply(holder, new ClaimCommand.Release(), ClaimActor.System, now);
        if (released.Error is not null || held.Error is not null)
        {
            return null;
        }

        var woken = await contenders.WakeAsync(holder, [holder, claim], now, cancellationToken).ConfigureAwait(false);
        return await CommitAsync([released, held, .. woken], held, holder, cancellationToken).ConfigureAwait(false);
    }
}
