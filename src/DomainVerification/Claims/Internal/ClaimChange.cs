namespace DomainVerification.Claims.Internal;

/// <summary>What a command changes of a claim, beside its status and its version.</summary>
internal static class ClaimChange
{
    public static DomainClaim Of(DomainClaim claim, ClaimCommand command, DateTimeOffset now) => command switch
    {
        ClaimCommand.Prove prove => Proved(claim, prove.Check, prove.Evidence, prove.Health) with
        {
            // The end of a review comes when it comes, whatever proves meanwhile.
            DueAt = claim.Status == ClaimStatus.InReview ? claim.DueAt : prove.DueAt,
        },
        ClaimCommand.NoteRecovery recovery => Proved(claim, recovery.Check, recovery.Evidence, recovery.Health) with
        {
            DueAt = recovery.DueAt,
        },
        ClaimCommand.NoteProof proof => Proved(claim, proof.Check, proof.Evidence, proof.Health) with { DueAt = proof.DueAt },
        ClaimCommand.NoteCheck note => Missed(claim, note.Check, note.DueAt, note.Health) with { Rechecks = note.Rechecks },
        ClaimCommand.NoteRisk risk => Missed(claim, risk.Check, risk.DueAt, risk.Health),
        ClaimCommand.NoteLapse lapse => Missed(claim, lapse.Check, lapse.DueAt, lapse.Health),
        ClaimCommand.Rotate rotate => claim with
        {
            Challenge = rotate.Challenge,
            SpentTokens = Spend(claim),
            DueAt = claim.Status == ClaimStatus.Pending ? rotate.DueAt : claim.DueAt,
            Attempts = 0,
            Rechecks = 0,
        },
        ClaimCommand.ChangeMethod change => claim with { Challenge = claim.Challenge with { Record = change.Record } },
        ClaimCommand.Claim hold => claim with { Epoch = hold.Epoch, Transfer = hold.Transfer, DueAt = hold.DueAt },
        ClaimCommand.ClaimAndProvision hold => claim with
        {
            Epoch = hold.Epoch,
            Provisioning = [.. hold.Provisioners.Select(name => new ProvisioningStep(name))],
            Transfer = hold.Transfer,
            DueAt = hold.DueAt,
        },
        ClaimCommand.AdvanceProvisioning done => Made(claim, done.Provisioner, done.Identities),
        ClaimCommand.FinishProvisioning done => Made(claim, done.Provisioner, done.Identities),
        ClaimCommand.FailProvisioning failed =>
            WithStep(claim, new ProvisioningStep(failed.Provisioner, ProvisioningStepState.Failed, failed.Error)),
        ClaimCommand.RetryProvisioning retry => claim with { Provisioning = [.. Wanted(claim, retry.Provisioners).Select(Again)] },
        ClaimCommand.SettleProvisioning settle => claim with { Provisioning = [.. Wanted(claim, settle.Provisioners)] },
        ClaimCommand.ReplayWork { Work: { Kind: ClaimWorkKind.Provision } work } => WithStep(claim, new ProvisioningStep(work.Target)),
        ClaimCommand.FailRelease or ClaimCommand.ReplayWork or ClaimCommand.DiscardWork or ClaimCommand.Contest => claim,
        ClaimCommand.Unclaim unclaim => Ended(claim) with { DueAt = unclaim.DueAt },
        ClaimCommand.Release => Ended(claim),
        ClaimCommand.AwaitTransfer wait => claim with { Transfer = wait.Transfer, DueAt = wait.Transfer.Until },
        ClaimCommand.NoteTransfer note => claim with { Transfer = note.Transfer, DueAt = note.DueAt },
        ClaimCommand.EndTransfer end => claim with { Transfer = null, DueAt = end.DueAt },
        ClaimCommand.OpenReview open => claim with { Transfer = open.Transfer, DueAt = open.Transfer.Until },
        ClaimCommand.ApproveReview approve => claim with
        {
            Transfer = Decided(claim, TransferState.Approved, approve.Verdict) with { Until = approve.Until },
            DueAt = now,
        },
        ClaimCommand.RejectReview reject => claim with { Transfer = Decided(claim, TransferState.Rejected, reject.Verdict), DueAt = null },
        ClaimCommand.ExpireReview expire => claim with { Transfer = null, DueAt = expire.DueAt },
        ClaimCommand.CloseReview close => claim with
        {
            Transfer = claim.Transfer! with { State = TransferState.Waiting, Until = close.DueAt },
            DueAt = close.DueAt,
        },
        ClaimCommand.UndoTransfer undo => Ended(claim) with { Transfer = Decided(claim, TransferState.Undone, undo.Verdict) },
        _ => claim with { DueAt = null, Transfer = IsOpen(claim.Transfer) ? null : claim.Transfer },
    };

    /// <summary>The dead tokens of a claim once its present one is dead too.</summary>
    public static IReadOnlyList<SpentToken> Spend(DomainClaim claim) =>
    [
        new SpentToken(claim.Challenge.Generation, claim.Challenge.Token),
        .. claim.SpentTokens.Take(DomainClaim.MaximumSpentTokens - 1),
    ];

    private static DomainClaim Proved(DomainClaim claim, ClaimCheck check, ProofEvidence evidence, ClaimHealth? health) => claim with
    {
        LastCheck = check,
        Proof = new ClaimProof(claim.Proof?.FirstProvedAt ?? check.At, check.At, evidence),
        Health = health,
    };

    private static DomainClaim Missed(DomainClaim claim, ClaimCheck check, DateTimeOffset? dueAt, ClaimHealth? health) => claim with
    {
        LastCheck = check,
        DueAt = dueAt,
        Attempts = claim.Attempts + (check.Outcome == ProofOutcome.NotProved ? 1 : 0),
        Health = health,
    };

    private static DomainClaim Made(DomainClaim claim, string provisioner, IReadOnlyList<ProvisionedIdentity> identities) =>
        WithStep(claim, new ProvisioningStep(provisioner, ProvisioningStepState.Done)) with
        {
            // Several provisioners end in any order; what users read does not depend on it.
            Identities =
            [
                .. claim.Provisioning.SelectMany(step =>
                    claim.Identities.Concat(identities).Where(made => made.Provisioner == step.Provisioner)),
            ],
        };

    private static DomainClaim WithStep(DomainClaim claim, ProvisioningStep step) => claim with
    {
        Provisioning = [.. claim.Provisioning.Select(old => old.Provisioner == step.Provisioner ? step : old)],
    };

    /// <summary>The steps but those that failed and that nobody can do any more.</summary>
    private static IEnumerable<ProvisioningStep> Wanted(DomainClaim claim, IReadOnlyList<string> provisioners) =>
        claim.Provisioning.Where(step => step.State != ProvisioningStepState.Failed || provisioners.Contains(step.Provisioner));

    private static ProvisioningStep Again(ProvisioningStep step) =>
        step.State == ProvisioningStepState.Failed ? new ProvisioningStep(step.Provisioner) : step;

    private static DomainClaim Ended(DomainClaim claim) => claim with { Identities = [], Provisioning = [], DueAt = null };

    private static bool IsOpen(ClaimTransfer? transfer) =>
        transfer is { State: TransferState.Waiting or TransferState.InReview or TransferState.Approved };

    private static ClaimTransfer Decided(DomainClaim claim, TransferState state, TransferVerdict verdict) =>
        claim.Transfer! with { State = state, Verdict = verdict, Until = null };
}
