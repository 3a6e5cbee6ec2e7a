using DomainVerification.Testing;
using DomainVerification.Tests.Tokens;

namespace DomainVerification.Tests.Proofs;

/// <summary>Requests for proofs of claims that stand in no store.</summary>
internal static class ProofRequests
{
    /// <param name="domain">The domain that is claimed.</param>
    /// <param name="record">What was to be published.</param>
    /// <param name="stored">What the store keeps of the token; <see cref="CheckWorld.Token"/> in clear by default.</param>
    /// <param name="spent">The tokens of earlier challenges.</param>
    /// <param name="issuer">Who recognises the token; the SDK's own by default.</param>
    public static ProofRequest For(
        string domain,
        ChallengeRecord record,
        StoredToken? stored = null,
        IReadOnlyList<SpentToken>? spent = null,
        ITokenIssuer? issuer = null)
    {
        var now = ManualTimeProvider.DefaultStart;
        var claim = new DomainClaim
        {
            Id = ClaimId.New(TimeProvider.System),
            Profile = "",
            Owner = "acme",
            Domain = DomainName.Parse(domain),
            Status = ClaimStatus.Pending,
            Challenge = new Challenge
            {
                Record = record,
                Token = stored ?? new StoredToken(StoredTokenSchemes.Clear, CheckWorld.Token),
                Generation = 2,
                IssuedAt = now,
            },
            SpentTokens = spent ?? [],
            Version = 1,
            CreatedAt = now,
            CreatedBy = ClaimActor.System,
            ModifiedAt = now,
            ModifiedBy = ClaimActor.System,
        };
        return new ProofRequest
        {
            Domain = claim.Domain,
            Record = record,
            Token = new TokenMatcher(issuer ?? TestProfiles.Issuer(_ => { }), claim),
        };
    }
}
