using DomainVerification.Diagnostics;
using DomainVerification.Options.Internal;
using DomainVerification.Work.Internal;

namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    public Task<ClaimResult> ClaimAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken) =>
        HoldAsync(claim, options, Actor(claim, options), cancellationToken);

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

        var retried = ClaimLifecycle.Apply(claim, new ClaimCommand.RetryProvisioning(), actor, time.GetUtcNow());
        return await CommitAsync(retried, claim, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ClaimResult?> HoldOnceAsync(
        DomainClaim claim,
        DomainHolding holding,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var epoch = holding.Epoch + 1;
        var held = ClaimLifecycle.Apply(
            claim,
            Provisions ? new ClaimCommand.ClaimAndProvision(epoch) : new ClaimCommand.Claim(epoch),
            actor,
            now);
        if (held.Error is { } refusal)
        {
            return ClaimResult.Refused(refusal, claim);
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
            return await HoldFreeAsync(held, claim, holding, cancellationToken).ConfigureAwait(false);
        }

        return claim.Exclusivity == DomainExclusivity.Shared || profile.Takeover != TakeoverRule.ByProof
            ? ClaimResult.Refused(ClaimRefusals.DomainHeld, claim)
            : await TakeOverAsync(held, holder, now, cancellationToken).ConfigureAwait(false);
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
        LifecycleResult held,
        DomainClaim holder,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // The released owner must not learn who took the domain, so its trail names the system.
        var released = ClaimLifecycle.Apply(holder, new ClaimCommand.Release(Provisions), ClaimActor.System, now);
        if (released.Error is not null)
        {
            return null;
        }

        var settled = await EndedDeadLettersAsync(holder, released, cancellationToken).ConfigureAwait(false);
        var commit = ClaimCommits.Of(released, held) with { Settled = settled };
        if (await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) != ClaimCommitStatus.Committed)
        {
            return null;
        }

        DomainVerificationDiagnostics.Record(logger, commit.Events);
        return ClaimResult.Done(held.Claim!);
    }

    /// <summary>
    /// The dead letters of a provision that a claim has failed to get, to be discarded with the move that makes them pointless: a new
    /// operation takes their place, or the holding ends.
    /// </summary>
    private async Task<IReadOnlyList<SettledWork>> EndedDeadLettersAsync(
        DomainClaim before,
        LifecycleResult decided,
        CancellationToken cancellationToken)
    {
        if (before.ProvisioningError is null || decided.Claim is not { ProvisioningError: null })
        {
            return [];
        }

        var ended = new List<SettledWork>();
        var query = new WorkQuery { IsDead = true, Profile = before.Profile, Domain = before.Domain, PageSize = WorkQuery.MaximumPageSize };
        while (true)
        {
            var page = await store.ListWorkAsync(query, cancellationToken).ConfigureAwait(false);
            var dead = page.Work.Where(work => WorkSettlement.AwaitsProvisioning(before, work));
            ended.AddRange(dead.Select(work => new SettledWork(work.Id)));
            if (page.Next is null)
            {
                return ended;
            }

            query = query with { After = page.Next };
        }
    }
}
