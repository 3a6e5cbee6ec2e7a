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
            ClaimStatus.Provisioning => [Prove(), new ClaimCommand.ClaimAndProvision(epoch)],
            ClaimStatus.Claimed => [Prove(), new ClaimCommand.Claim(epoch)],
            ClaimStatus.Released => [Prove(), new ClaimCommand.Claim(epoch), new ClaimCommand.Release(false)],
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
            new ClaimCheck(Now, ProofOutcome.NotProved, ProofDiagnosisCodes.RecordNotFound),
            Now + TimeSpan.FromMinutes(1),
            1),
        ClaimAction.Rotate => new ClaimCommand.Rotate(Challenge(2), Now + TimeSpan.FromDays(7)),
        ClaimAction.Claim => new ClaimCommand.Claim(7),
        ClaimAction.ClaimAndProvision => new ClaimCommand.ClaimAndProvision(7),
        ClaimAction.FinishProvisioning => new ClaimCommand.FinishProvisioning([new ProvisionedIdentity { Id = "1", Kind = "marketing" }]),
        ClaimAction.FailProvisioning => new ClaimCommand.FailProvisioning(new DomainVerificationError("quota_exceeded", "No.")),
        ClaimAction.RetryProvisioning => new ClaimCommand.RetryProvisioning(),
        ClaimAction.Unclaim => new ClaimCommand.Unclaim(true),
        ClaimAction.Release => new ClaimCommand.Release(true),
        ClaimAction.FailRelease => new ClaimCommand.FailRelease(FormerEpoch, "account_locked"),
        ClaimAction.ReplayWork => new ClaimCommand.ReplayWork(Release()),
        ClaimAction.DiscardWork => new ClaimCommand.DiscardWork(Release()),
        ClaimAction.Unverify => new ClaimCommand.Unverify(),
        ClaimAction.Cancel => new ClaimCommand.Cancel(),
        _ => new ClaimCommand.Expire(),
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
