namespace DomainVerification.Claims.Internal;

internal abstract partial record ClaimCommand
{
    /// <summary>
    /// The proof is published. The worker looks again at <paramref name="DueAt"/>, where it is to claim the domain as well, or watches it.
    /// </summary>
    internal sealed record Prove(ClaimCheck Check, ProofEvidence Evidence, DateTimeOffset? DueAt = null, ClaimHealth? Health = null)
        : ClaimCommand(ClaimAction.Prove);

    /// <summary>The proof of a watched claim still stands, which is no news.</summary>
    internal sealed record NoteProof(ClaimCheck Check, ProofEvidence Evidence, DateTimeOffset? DueAt, ClaimHealth Health)
        : ClaimCommand(ClaimAction.NoteProof);

    /// <summary>The proof is published again, after the claim was at risk or had lapsed.</summary>
    internal sealed record NoteRecovery(ClaimCheck Check, ProofEvidence Evidence, DateTimeOffset? DueAt, ClaimHealth Health)
        : ClaimCommand(ClaimAction.NoteRecovery);

    /// <summary>A check did not prove control.</summary>
    internal sealed record NoteCheck(ClaimCheck Check, DateTimeOffset? DueAt, int Rechecks, ClaimHealth? Health = null)
        : ClaimCommand(ClaimAction.NoteCheck);

    /// <summary>A check of a watched claim did not prove control, which makes one too many in a row.</summary>
    internal sealed record NoteRisk(ClaimCheck Check, DateTimeOffset? DueAt, ClaimHealth Health) : ClaimCommand(ClaimAction.NoteRisk);

    /// <summary>A check of a watched claim did not prove control, and the grace period is over.</summary>
    internal sealed record NoteLapse(ClaimCheck Check, DateTimeOffset? DueAt, ClaimHealth Health) : ClaimCommand(ClaimAction.NoteLapse);
}
