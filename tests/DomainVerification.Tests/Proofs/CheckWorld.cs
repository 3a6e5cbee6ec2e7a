using DomainVerification.Dns;
using DomainVerification.Names.Internal;
using DomainVerification.Proofs.Internal;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;

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

    /// <summary>The domain that is claimed.</summary>
    public string Domain { get; set; } = "example.com";

    /// <summary>What the store keeps of the token.</summary>
    public StoredToken Stored { get; set; } = new(StoredTokenSchemes.Clear, Token);

    /// <summary>Whether somebody waits for the answer.</summary>
    public bool Explains { get; set; } = true;

    public Task<ProofReport> CheckAsync(IDnsResolver? resolver = null, CancellationToken cancellationToken = default)
    {
        var request = ProofRequests.For(Domain, Record, Stored, Spent) with { Explains = Explains };
        var names = new DomainNamePolicy(PublicSuffixList.BuiltIn);
        return new DnsProofChecker(resolver ?? Resolver, names, Clock).CheckAsync(request, cancellationToken).AsTask();
    }

    public async Task AssertAsync(ProofOutcome outcome, string diagnosis)
    {
        var report = await CheckAsync();
        Assert.Equal((outcome, diagnosis), (report.Outcome, report.Diagnosis.Code));
        Assert.Equal(outcome == ProofOutcome.Proved, report.Evidence is not null);
    }
}
