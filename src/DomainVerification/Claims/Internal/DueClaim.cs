namespace DomainVerification.Claims.Internal;

/// <summary>What the worker has to do with a claim that is due.</summary>
internal static class DueClaim
{
    /// <summary>
    /// Sooner than a proof is ever looked at again: well below the shortest interval of <see cref="WatchOptions"/>, a minute, since a store
    /// may round instants.
    /// </summary>
    private static readonly TimeSpan SoonestLook = TimeSpan.FromSeconds(30);

    /// <summary>Whether the claim wants a domain that another owner holds, and waits or may have it.</summary>
    public static bool Contends(DomainClaim claim) =>
        claim is { Status: ClaimStatus.Verified, Transfer.State: TransferState.Waiting or TransferState.Approved };

    /// <summary>
    /// Whether the claim is to hold its domain now: it contends, or the worker proved it and has not claimed it yet, for which it is due at
    /// the very instant of its proof.
    /// </summary>
    public static bool IsToHold(DomainClaim claim) =>
        Contends(claim)
        || (claim is { Status: ClaimStatus.Verified, DueAt: { } dueAt, Proof: { } proof } && dueAt - proof.ProvedAt < SoonestLook);

    /// <summary>Whether all that is to be done is to look whether the proof still stands.</summary>
    public static bool IsWatched(DomainClaim claim) => claim.Status.Holds || (claim.Status == ClaimStatus.Verified && !IsToHold(claim));
}
