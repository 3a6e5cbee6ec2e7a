using DomainVerification.Challenges.Internal;
using DomainVerification.Claims.Internal;
using DomainVerification.Identities.Internal;
using DomainVerification.Work.Internal;

namespace DomainVerification.Transfers.Internal;

/// <summary>
/// Makes the claim of an owner that gets a domain back. It is a new one: its token, its epoch and its identities are
/// fresh.
/// </summary>
internal sealed class RestoredClaims(ChallengeIssuer challenges, ProvisionerRegistry provisioners, TimeProvider time)
{
    /// <summary>The claim, holding at once; or why no challenge can be made for it any more.</summary>
    /// <param name="former">The claim that the domain was taken over from.</param>
    /// <param name="newest">The newest claim of its owner to the domain.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="epoch">The epoch of the new holding.</param>
    /// <param name="verdict">Who gives the domain back, when and why.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task<(DomainClaim? Claim, DomainVerificationError? Error)> CreateAsync(
        DomainClaim former,
        DomainClaim newest,
        DomainVerificationOptions profile,
        long epoch,
        TransferVerdict verdict,
        CancellationToken cancellationToken)
    {
        var context = new TokenContext(former.Profile, former.Owner, former.Domain, newest.Challenge.Generation + 1);
        var record = former.Challenge.Record;
        var issued = await challenges.IssueAsync(profile, context, record.Method, record.DelegatedName, verdict.At, cancellationToken)
            .ConfigureAwait(false);
        if (issued.Challenge is not { } challenge)
        {
            return (null, issued.Error);
        }

        var parts = provisioners.Of(profile);
        return (new DomainClaim
        {
            Id = ClaimId.New(time),
            Profile = former.Profile,
            Owner = former.Owner,
            Domain = former.Domain,
            Status = parts.Count > 0 ? ClaimStatus.Provisioning : ClaimStatus.Claimed,
            Exclusivity = former.Exclusivity,
            Challenge = challenge,
            SpentTokens = ClaimChange.Spend(newest),
            Proof = former.Proof,
            LastCheck = former.LastCheck,
            Epoch = epoch,
            Provisioning = [.. parts.Select(name => new ProvisioningStep(name))],
            Transfer = new ClaimTransfer
            {
                State = TransferState.Undone,
                OpenedAt = verdict.At,

                // Whoever proves the domain next is looked at by a person for as long as a takeover could have been undone.
                Until = verdict.At + profile.Transfers.UndoWindow,
                Verdict = verdict,
            },
            Properties = former.Properties,
            Version = 1,
            CreatedAt = verdict.At,
            CreatedBy = verdict.Actor,
            ModifiedAt = verdict.At,
            ModifiedBy = verdict.Actor,

            // The owner must learn of the fresh token before anybody misses it.
            DueAt = WatchSchedule.After(profile, verdict.At),
        }, null);
    }

    /// <summary>Ends a claim that the owner has made in the meantime, which the one that is given back replaces.</summary>
    public static LifecycleResult End(DomainClaim claim, DateTimeOffset now)
    {
        ClaimCommand command = claim.Status == ClaimStatus.Pending ? new ClaimCommand.Cancel() : new ClaimCommand.Unverify();
        return ClaimLifecycle.Apply(claim, command, ClaimActor.System, now);
    }
}
