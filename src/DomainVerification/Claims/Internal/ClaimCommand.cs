namespace DomainVerification.Claims.Internal;

/// <summary>What can be done to a claim: the columns of the table in <see cref="ClaimLifecycle"/>.</summary>
internal enum ClaimAction
{
    Prove,
    NoteCheck,
    Rotate,
    Claim,
    ClaimAndProvision,
    FinishProvisioning,
    FailProvisioning,
    RetryProvisioning,
    Unclaim,
    Release,
    FailRelease,
    ReplayWork,
    DiscardWork,
    Unverify,
    Cancel,
    Expire,
}

/// <summary>An action with what it brings along.</summary>
internal abstract record ClaimCommand(ClaimAction Action)
{
    /// <summary>
    /// The proof is published. The worker looks again at <paramref name="DueAt"/>, where it is to claim the domain as well.
    /// </summary>
    internal sealed record Prove(ClaimCheck Check, ProofEvidence Evidence, DateTimeOffset? DueAt = null)
        : ClaimCommand(ClaimAction.Prove);

    /// <summary>A check did not prove control.</summary>
    internal sealed record NoteCheck(ClaimCheck Check, DateTimeOffset? DueAt, int Rechecks) : ClaimCommand(ClaimAction.NoteCheck);

    /// <summary>A fresh challenge takes the place of the present one.</summary>
    internal sealed record Rotate(Challenge Challenge, DateTimeOffset? DueAt) : ClaimCommand(ClaimAction.Rotate);

    /// <summary>The owner comes to hold the domain; there is nothing to provision.</summary>
    internal sealed record Claim(long Epoch) : ClaimCommand(ClaimAction.Claim);

    /// <summary>The owner comes to hold the domain, and identities are to be made.</summary>
    internal sealed record ClaimAndProvision(long Epoch) : ClaimCommand(ClaimAction.ClaimAndProvision);

    /// <summary>The identities are made.</summary>
    internal sealed record FinishProvisioning(IReadOnlyList<ProvisionedIdentity> Identities)
        : ClaimCommand(ClaimAction.FinishProvisioning);

    /// <summary>The identities cannot be made.</summary>
    internal sealed record FailProvisioning(DomainVerificationError Error) : ClaimCommand(ClaimAction.FailProvisioning);

    /// <summary>Identities that could not be made are to be made after all, for the same holding.</summary>
    internal sealed record RetryProvisioning() : ClaimCommand(ClaimAction.RetryProvisioning);

    /// <summary>The owner gives the domain up and stays verified.</summary>
    internal sealed record Unclaim(bool Provisions) : ClaimCommand(ClaimAction.Unclaim);

    /// <summary>Another owner takes the domain over.</summary>
    internal sealed record Release(bool Provisions) : ClaimCommand(ClaimAction.Release);

    /// <summary>What was made for a holding that ended cannot be removed.</summary>
    internal sealed record FailRelease(long Epoch, string Reason) : ClaimCommand(ClaimAction.FailRelease);

    /// <summary>
    /// An operator lets a dead letter be tried again. A provision must be for the present holding, which then waits for it once more.
    /// </summary>
    internal sealed record ReplayWork(ClaimWork Work) : ClaimCommand(ClaimAction.ReplayWork);

    /// <summary>An operator gives a dead letter up.</summary>
    internal sealed record DiscardWork(ClaimWork Work) : ClaimCommand(ClaimAction.DiscardWork);

    /// <summary>The owner gives up its proof.</summary>
    internal sealed record Unverify() : ClaimCommand(ClaimAction.Unverify);

    /// <summary>The owner withdraws a pending request.</summary>
    internal sealed record Cancel() : ClaimCommand(ClaimAction.Cancel);

    /// <summary>The challenge has run out.</summary>
    internal sealed record Expire() : ClaimCommand(ClaimAction.Expire);
}
