using DomainVerification.Dns;
using DomainVerification.Proofs.Internal;
using DomainVerification.Testing;
using DomainVerification.Tests.Tokens;

namespace DomainVerification.Tests.Proofs;

/// <summary>One challenge of one claim to example.com, and the DNS that it is looked for in.</summary>
internal sealed class CheckWorld
{
    public const string Token = "abcdefghijklmnopqrstuvwxyz234567";
    public const string Name = "_host-challenge.example.com.";

    public CheckWorld()
    {
        Zone = Dns.Zone("example.com");
        Resolver = new InMemoryDnsResolver(Dns, Clock);
    }

    public ManualTimeProvider Clock { get; } = new();

    public DnsWorld Dns { get; } = new();

    public DnsZone Zone { get; }

    public InMemoryDnsResolver Resolver { get; }

    public ChallengeRecord Record { get; set; } = new()
    {
        Method = ProofMethod.DnsTxt,
        Name = Name.TrimEnd('.'),
        ValueFormat = "token={token} expiry=2026-11-29",
    };

    public IReadOnlyList<SpentToken> Spent { get; set; } = [];

    public Task<ProofReport> CheckAsync(IDnsResolver? resolver = null, CancellationToken cancellationToken = default)
    {
        var claim = new DomainClaim
        {
            Id = ClaimId.New(Clock),
            Profile = "",
            Owner = "acme",
            Domain = DomainName.Parse("example.com"),
            Status = ClaimStatus.Pending,
            Challenge = new Challenge
            {
                Record = Record,
                Token = new StoredToken(StoredTokenSchemes.Clear, Token),
                Generation = 2,
                IssuedAt = Clock.GetUtcNow(),
            },
            SpentTokens = Spent,
            Version = 1,
            CreatedAt = Clock.GetUtcNow(),
            CreatedBy = ClaimActor.System,
            ModifiedAt = Clock.GetUtcNow(),
            ModifiedBy = ClaimActor.System,
        };
        var request = new ProofRequest
        {
            Domain = claim.Domain,
            Record = Record,
            Token = new TokenMatcher(TestProfiles.Issuer(_ => { }), claim),
        };
        return new DnsProofChecker(resolver ?? Resolver, Clock).CheckAsync(request, cancellationToken);
    }

    public async Task AssertAsync(ProofOutcome outcome, string diagnosis)
    {
        var report = await CheckAsync();
        Assert.Equal((outcome, diagnosis), (report.Outcome, report.Diagnosis.Code));
        Assert.Equal(outcome == ProofOutcome.Proved, report.Evidence is not null);
    }
}
