using DomainVerification.Claims.Internal;
using DomainVerification.Testing;

namespace DomainVerification.Tests.Claims;

/// <summary>Claims made by hand, for tests that need no manager.</summary>
internal static class ClaimSamples
{
    /// <summary>The epoch of a holding that ended long ago.</summary>
    public const long FormerEpoch = 4;

    public static readonly DateTimeOffset Now = ManualTimeProvider.DefaultStart;

    public static readonly ProofEvidence Evidence = new()
    {
        Method = ProofMethod.DnsTxt,
        RecordName = "_host-challenge.acme.example",
        Server = "127.0.0.1:53",
        Generation = 1,
        ValueDigest = new string('0', 64),
        ObservedAt = Now,
    };

    private static readonly ProvisionedIdentity Marketing = new() { Id = "1", Kind = "marketing" };

    private static readonly TransferVerdict Verdict = new(ClaimActor.User("op"), Now, "Spoke to both.");

    private static readonly ClaimCheck Missed = new(Now, ProofOutcome.NotProved, ProofDiagnosisCodes.RecordNotFound);

    public static ClaimId Id(int number) => new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]));

    /// <summary>A new claim of version 1.</summary>
    public static DomainClaim Pending(int number = 1, string owner = "ann", string domain = "acme.example") => new()
    {
        Id = Id(number),
        Profile = string.Empty,
        Owner = owner,
        Domain = DomainName.Parse(domain),
        Status = ClaimStatus.Pending,
        Challenge = Challenge(1),
        DueAt = Now + TimeSpan.FromDays(7),
        Version = 1,
        CreatedAt = Now,
        CreatedBy = ClaimActor.User(owner),
        ModifiedAt = Now,
        ModifiedBy = ClaimActor.User(owner),
    };

    public static Challenge Challenge(int generation) => new()
    {
        Record = new ChallengeRecord
        {
            Method = ProofMethod.DnsTxt,
            Name = "_host-challenge.acme.example",
            ValueFormat = "token={token}",
        },
        Token = new StoredToken(StoredTokenSchemes.Clear, $"token-of-generation-{generation}"),
        Generation = generation,
        IssuedAt = Now,
        ExpiresAt = Now + TimeSpan.FromDays(7),
    };

    /// <summary>A claim as it is after a life that ends in the status.</summary>
    public static DomainClaim Of(ClaimStatus status, int number = 1, string owner = "ann", long epoch = 1)
    {
        ClaimCommand[] life = status switch
        {
            ClaimStatus.Pending => [],
            ClaimStatus.Verified => [Prove()],
            ClaimStatus.InReview => [Prove(), new ClaimCommand.OpenReview(Transfer(TransferState.InReview))],
            ClaimStatus.Rejected =>
            [
                Prove(), new ClaimCommand.OpenReview(Transfer(TransferState.InReview)), new ClaimCommand.RejectReview(Verdict),
            ],
            ClaimStatus.Provisioning => [Prove(), new ClaimCommand.ClaimAndProvision(epoch, [string.Empty], Transfer(TransferState.Done))],
            ClaimStatus.Claimed => [Prove(), new ClaimCommand.Claim(epoch, Transfer(TransferState.Done))],
            ClaimStatus.Released => [Prove(), new ClaimCommand.Claim(epoch), new ClaimCommand.Release()],
            ClaimStatus.Expired => [new ClaimCommand.Expire()],
            ClaimStatus.Revoked => [Prove(), new ClaimCommand.Unverify()],
            _ => [new ClaimCommand.Cancel()],
        };
        return life.Aggregate(
            Pending(number, owner),
            (claim, command) => ClaimLifecycle.Apply(claim, command, ClaimActor.User(owner), Now).Claim!);
    }

    public static ClaimCommand Command(ClaimAction action) => action switch
    {
        ClaimAction.Prove => Prove(),
        ClaimAction.NoteCheck => new ClaimCommand.NoteCheck(
            Missed,
            Now + TimeSpan.FromMinutes(1),
            1),
        ClaimAction.Rotate => new ClaimCommand.Rotate(Challenge(2), Now + TimeSpan.FromDays(7)),
        ClaimAction.ChangeMethod => new ClaimCommand.ChangeMethod(Challenge(1).Record with { Method = ProofMethod.DnsCname }),
        ClaimAction.Claim => new ClaimCommand.Claim(7),
        ClaimAction.NoteProof => new ClaimCommand.NoteProof(Prove().Check, Evidence, Now, new ClaimHealth(ProofHealth.Healthy, Now)),
        ClaimAction.NoteRisk => new ClaimCommand.NoteRisk(Missed, Now, new ClaimHealth(ProofHealth.AtRisk, Now, 3, Now)),
        ClaimAction.NoteLapse => new ClaimCommand.NoteLapse(Missed, Now, new ClaimHealth(ProofHealth.Lapsed, Now, 9, Now)),
        ClaimAction.NoteRecovery => new ClaimCommand.NoteRecovery(Prove().Check, Evidence, Now, new ClaimHealth(ProofHealth.Healthy, Now)),
        ClaimAction.ClaimAndProvision => new ClaimCommand.ClaimAndProvision(7, [string.Empty]),
        ClaimAction.AdvanceProvisioning => new ClaimCommand.AdvanceProvisioning(string.Empty, [Marketing]),
        ClaimAction.FinishProvisioning => new ClaimCommand.FinishProvisioning(string.Empty, [Marketing]),
        ClaimAction.FailProvisioning =>
            new ClaimCommand.FailProvisioning(string.Empty, new DomainVerificationError("quota_exceeded", "No.")),
        ClaimAction.RetryProvisioning => new ClaimCommand.RetryProvisioning([string.Empty]),
        ClaimAction.SettleProvisioning => new ClaimCommand.SettleProvisioning([]),
        ClaimAction.Unclaim => new ClaimCommand.Unclaim(),
        ClaimAction.Release => new ClaimCommand.Release(),
        ClaimAction.Contest => new ClaimCommand.Contest(TransferReasons.RecentActivity),
        ClaimAction.AwaitTransfer => new ClaimCommand.AwaitTransfer(Transfer(TransferState.Waiting)),
        ClaimAction.NoteTransfer => new ClaimCommand.NoteTransfer(Transfer(TransferState.Waiting), Now),
        ClaimAction.EndTransfer => new ClaimCommand.EndTransfer(DomainVerificationErrorCodes.TransferRefused),
        ClaimAction.OpenReview => new ClaimCommand.OpenReview(Transfer(TransferState.InReview)),
        ClaimAction.ApproveReview => new ClaimCommand.ApproveReview(Verdict, Now + TimeSpan.FromDays(14)),
        ClaimAction.RejectReview => new ClaimCommand.RejectReview(Verdict),
        ClaimAction.ExpireReview => new ClaimCommand.ExpireReview(),
        ClaimAction.CloseReview => new ClaimCommand.CloseReview(Now),
        ClaimAction.UndoTransfer => new ClaimCommand.UndoTransfer(Verdict),
        ClaimAction.FailRelease => new ClaimCommand.FailRelease(FormerEpoch, "account_locked"),
        ClaimAction.ReplayWork => new ClaimCommand.ReplayWork(Release()),
        ClaimAction.DiscardWork => new ClaimCommand.DiscardWork(Release()),
        ClaimAction.Unverify => new ClaimCommand.Unverify(),
        ClaimAction.Cancel => new ClaimCommand.Cancel(),
        _ => new ClaimCommand.Expire(),
    };

    /// <summary>The case of a takeover from the holder of number 2.</summary>
    public static ClaimTransfer Transfer(TransferState state) => new()
    {
        State = state,
        OpenedAt = Now,
        Reasons = [TransferReasons.RecentActivity],
        Until = Now + TimeSpan.FromDays(14),
        Holder = new TransferHolder(Id(2), 1, HolderActivity.Unknown, null, null),
    };

    /// <summary>A provision of the sample claim that is a dead letter.</summary>
    public static ClaimWork Provision(long epoch) => Release() with { Kind = ClaimWorkKind.Provision, Epoch = epoch };

    /// <summary>The release of a former holding that is a dead letter.</summary>
    private static ClaimWork Release() => new()
    {
        Id = new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]),
        Kind = ClaimWorkKind.Release,
        ClaimId = Id(1),
        Profile = string.Empty,
        Owner = "ann",
        Domain = DomainName.Parse("acme.example"),
        Epoch = FormerEpoch,
        CreatedAt = Now,
        DueAt = Now,
        Attempts = 1,
        LastError = new DomainVerificationError("account_locked", "No."),
        DeadAt = Now,
    };

    private static ClaimCommand.Prove Prove() =>
        new(new ClaimCheck(Now, ProofOutcome.Proved, ProofDiagnosisCodes.Proved), Evidence);
}
