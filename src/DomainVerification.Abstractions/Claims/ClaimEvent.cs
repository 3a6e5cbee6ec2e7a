namespace DomainVerification;

/// <summary>One entry of the audit trail: a move of a claim, who caused it, when and why. Written in the same commit as the move.</summary>
public sealed record ClaimEvent
{
    /// <summary>The identity of the event.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened: one of <see cref="ClaimEventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The claim that moved.</summary>
    public required ClaimId ClaimId { get; init; }

    /// <summary>The version of the claim after the move. Events of a claim are ordered by it, one event a version at the most.</summary>
    public required long ClaimVersion { get; init; }

    /// <summary>The profile of the claim.</summary>
    public required string Profile { get; init; }

    /// <summary>The owner of the claim.</summary>
    public required string Owner { get; init; }

    /// <summary>The domain of the claim.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>The status before the move; <see langword="null"/> for the first event of a claim.</summary>
    public ClaimStatus? From { get; init; }

    /// <summary>The status after the move.</summary>
    public required ClaimStatus To { get; init; }

    /// <summary>
    /// The epoch of the claim after the move; for <see cref="ClaimEventTypes.ReleaseFailed"/>, <see cref="ClaimEventTypes.WorkReplayed"/>
    /// and <see cref="ClaimEventTypes.WorkDiscarded"/> that of the holding that the work is for.
    /// </summary>
    public required long Epoch { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who caused it.</summary>
    public required ClaimActor Actor { get; init; }

    /// <summary>The proof that the move rests on, where it rests on one.</summary>
    public ProofEvidence? Evidence { get; init; }

    /// <summary>A stable code or the host's own words for why; <see langword="null"/> where the type says it all.</summary>
    public string? Reason { get; init; }
}

/// <summary>The types of <see cref="ClaimEvent"/>.</summary>
public static class ClaimEventTypes
{
    /// <summary>A claim was made and its token issued.</summary>
    public const string Requested = "requested";

    /// <summary>Control was proved for the first time.</summary>
    public const string Verified = "verified";

    /// <summary>Control was proved again.</summary>
    public const string Reverified = "reverified";

    /// <summary>The owner came to hold the domain.</summary>
    public const string Claimed = "claimed";

    /// <summary>The identities of the holder are made.</summary>
    public const string Provisioned = "provisioned";

    /// <summary>The identities of the holder could not be made and will not be tried again by themselves.</summary>
    public const string ProvisioningFailed = "provisioning_failed";

    /// <summary>One of several provisioners has made its identities; the others are on their way.</summary>
    public const string ProvisioningAdvanced = "provisioning_advanced";

    /// <summary>The owner asked again for identities that could not be made.</summary>
    public const string ProvisioningRetried = "provisioning_retried";

    /// <summary>The owner gave the domain up and stays verified.</summary>
    public const string Unclaimed = "unclaimed";

    /// <summary>Another owner took the domain over.</summary>
    public const string Released = "released";

    /// <summary>What was made for a holding that ended could not be removed and will not be tried again by itself.</summary>
    public const string ReleaseFailed = "release_failed";

    /// <summary>An operator let a dead letter of the claim be tried again; the reason is what it had failed with.</summary>
    public const string WorkReplayed = "work_replayed";

    /// <summary>An operator gave a dead letter of the claim up; the reason is what it had failed with.</summary>
    public const string WorkDiscarded = "work_discarded";

    /// <summary>The owner gave up its proof.</summary>
    public const string Unverified = "unverified";

    /// <summary>The owner withdrew a pending request.</summary>
    public const string Canceled = "canceled";

    /// <summary>The challenge was replaced by a fresh one.</summary>
    public const string TokenRotated = "token_rotated";

    /// <summary>The token of a pending claim is to be published by another method.</summary>
    public const string MethodChanged = "method_changed";

    /// <summary>Another owner has proved the domain that this owner holds. The holder keeps it for now; the reason says why.</summary>
    public const string Contested = "contested";

    /// <summary>The owner has proved a domain that somebody else holds, and waits for it; the reason says for what.</summary>
    public const string TransferWaiting = "transfer_waiting";

    /// <summary>The wait for a domain that somebody else holds is over without it.</summary>
    public const string TransferEnded = "transfer_ended";

    /// <summary>A person is to decide whether the owner gets the domain; the reason says why.</summary>
    public const string ReviewOpened = "review_opened";

    /// <summary>A person decided that the owner gets the domain.</summary>
    public const string ReviewApproved = "review_approved";

    /// <summary>A person decided that the holder keeps the domain; the reason is the reviewer's.</summary>
    public const string ReviewRejected = "review_rejected";

    /// <summary>Nobody decided in time, so that the holder keeps the domain. The owner stays verified and may claim again.</summary>
    public const string ReviewExpired = "review_expired";

    /// <summary>The holding that was to be decided about has ended otherwise. The owner stays verified and may claim again.</summary>
    public const string ReviewClosed = "review_closed";

    /// <summary>The domain was given back to its former holder; the reason is the operator's.</summary>
    public const string TransferUndone = "transfer_undone";

    /// <summary>The owner holds a domain again that was taken over from it.</summary>
    public const string Restored = "restored";

    /// <summary>The proof of a watched claim was missing at several looks in a row.</summary>
    public const string AtRisk = "at_risk";

    /// <summary>The proof of a watched claim stayed missing for the whole grace period.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>The proof of a claim that was at risk, or had lapsed, is there again.</summary>
    public const string Recovered = "recovered";

    /// <summary>The challenge ran out unproved.</summary>
    public const string Expired = "expired";
}
