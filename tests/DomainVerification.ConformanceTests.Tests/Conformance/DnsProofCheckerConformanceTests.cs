using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.ConformanceTests.Tests.Conformance;

/// <summary>The default checker over a scripted DNS.</summary>
public class DnsProofCheckerConformanceTests : ProofCheckerConformanceTests
{
    private static readonly ITokenIssuer Issuer = DefaultParts.Issuer(_ => { });

    private readonly DnsWorld _dns = new();
    private readonly InMemoryDnsResolver _resolver;

    public DnsProofCheckerConformanceTests() => _resolver = new InMemoryDnsResolver(_dns);

    protected override ValueTask<IProofChecker> CreateCheckerAsync()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification().UseDnsResolver(_resolver);
        return new(services.BuildServiceProvider().GetRequiredService<IDnsProofChecker>());
    }

    protected override ValueTask<ProofRequest> PublishedAsync() => PrepareAsync("published.example", token => token);

    protected override ValueTask<ProofRequest> AbsentAsync() => PrepareAsync("absent.example", _ => null);

    protected override ValueTask<ProofRequest> MismatchedAsync() => PrepareAsync("mismatched.example", _ => "another-token");

    protected override async ValueTask<ProofRequest> UnreachableAsync()
    {
        _resolver.Faults.Add(DnsFault.ServFail());
        return await PrepareAsync("unreachable.example", token => token);
    }

    private async ValueTask<ProofRequest> PrepareAsync(string domain, Func<string, string?> publish)
    {
        var record = new ChallengeRecord { Method = ProofMethod.DnsTxt, Name = $"_host-challenge.{domain}", ValueFormat = "token={token}" };
        var token = await Issuer.IssueAsync(new TokenContext(string.Empty, "ann", DomainName.Parse(domain), 1), default);
        var zone = _dns.Zone(domain);
        if (publish(token.Value) is { } published)
        {
            zone.Txt($"{record.Name}.", record.FormatValue(published));
        }

        var claim = new DomainClaim
        {
            Id = ClaimId.New(TimeProvider.System),
            Profile = string.Empty,
            Owner = "ann",
            Domain = DomainName.Parse(domain),
            Status = ClaimStatus.Pending,
            Challenge = new Challenge { Record = record, Token = token.Stored, Generation = 1, IssuedAt = ManualTimeProvider.DefaultStart },
            Version = 1,
            CreatedAt = ManualTimeProvider.DefaultStart,
            CreatedBy = ClaimActor.System,
            ModifiedAt = ManualTimeProvider.DefaultStart,
            ModifiedBy = ClaimActor.System,
        };
        return new ProofRequest { Domain = claim.Domain, Record = record, Token = new TokenMatcher(Issuer, claim) };
    }
}
