namespace DomainVerification.Transfers.Internal;

/// <summary>The case of a takeover, as it is kept with the claimant's claim.</summary>
internal static class TransferCases
{
    /// <summary>Whether the case of a claim is about this very holding.</summary>
    public static bool IsAbout(DomainClaim claim, DomainClaim? holder) =>
        claim.Transfer?.Holder is { } about && holder is not null && (about.ClaimId, about.Epoch) == (holder.Id, holder.Epoch);

    /// <summary>A case with what is known now; one that was open about the same holding began when it began.</summary>
    public static ClaimTransfer Open(ClaimTransfer? open, DomainClaim holder, TransferJudgement judgement, DateTimeOffset now) => new()
    {
        State = TransferState.Waiting,
        OpenedAt = open is { State: TransferState.Waiting } ? open.OpenedAt : now,
        Reasons = judgement.Reasons,
        Holder = new TransferHolder(holder.Id, holder.Epoch, judgement.Activity, null, null),
    };

    /// <summary>
    /// Until when a holder has time to prove again: counted from when it learned that it is asked to, of which a wait for another reason
    /// said nothing.
    /// </summary>
    public static DateTimeOffset AnswersUntil(ClaimTransfer? open, TransferDecision decision, DateTimeOffset now) =>
        (open is { State: TransferState.Waiting } && open.Reasons.Contains(decision.Reason) ? open.OpenedAt : now) + decision.Within;

    /// <summary>The case with a fresh look for the holder's proof.</summary>
    public static ClaimTransfer WithCheck(ClaimTransfer open, ProofReport report, int generation, DateTimeOffset now) => open with
    {
        Holder = open.Holder! with
        {
            Check = new ClaimCheck(now, report.Outcome, report.Diagnosis.Code),
            Evidence = report.Outcome == ProofOutcome.Proved && report.Evidence is { } evidence
                ? evidence with { Generation = generation }
                : null,
        },
    };

    /// <summary>The case of a domain that changes hands now.</summary>
    public static ClaimTransfer Done(ClaimTransfer open, DomainVerificationOptions profile, DateTimeOffset now) => open with
    {
        State = TransferState.Done,
        Until = profile.Transfers.UndoWindow > TimeSpan.Zero ? now + profile.Transfers.UndoWindow : null,
    };
}
