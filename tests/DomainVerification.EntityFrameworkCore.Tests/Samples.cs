using DomainVerification.Testing;

namespace DomainVerification.EntityFrameworkCore.Tests;

/// <summary>Claims made by hand.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = ManualTimeProvider.DefaultStart;

    /// <summary>A new claim of version 1.</summary>
    public static DomainClaim Pending(int number, string owner, string domain = "acme.example") => new()
    {
        Id = new ClaimId(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])),
        Profile = string.Empty,
        Owner = owner,
        Domain = DomainName.Parse(domain),
        Status = ClaimStatus.Pending,
        Challenge = new Challenge
        {
            Record = new ChallengeRecord
            {
                Method = ProofMethod.DnsTxt,
                Name = $"_host-challenge.{domain}",
                ValueFormat = "token={token}",
            },
            Token = new StoredToken(StoredTokenSchemes.Clear, "token-1"),
            Generation = 1,
            IssuedAt = Now,
            ExpiresAt = Now + TimeSpan.FromDays(7),
        },
        DueAt = Now + TimeSpan.FromDays(7),
        Version = 1,
        CreatedAt = Now,
        CreatedBy = ClaimActor.User(owner),
        ModifiedAt = Now,
        ModifiedBy = ClaimActor.User(owner),
    };

    /// <summary>The next state of a claim.</summary>
    public static DomainClaim Next(this DomainClaim claim, ClaimStatus status, long? epoch = null) =>
        claim with { Version = claim.Version + 1, Status = status, Epoch = epoch ?? claim.Epoch };

    /// <summary>Work of a claim, due now.</summary>
    public static ClaimWork Work(int number, DomainClaim claim) => new()
    {
        Id = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2]),
        Kind = ClaimWorkKind.Provision,
        ClaimId = claim.Id,
        Profile = claim.Profile,
        Owner = claim.Owner,
        Domain = claim.Domain,
        Epoch = claim.Epoch,
        CreatedAt = Now,
        DueAt = Now,
    };
}
