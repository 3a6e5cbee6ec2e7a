using System.Net;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.ConformanceTests.Tests.Conformance;

/// <summary>The default checker of files over a real web server.</summary>
public sealed class HttpFileProofCheckerConformanceTests : ProofCheckerConformanceTests
{
    private static readonly ITokenIssuer Issuer = DefaultParts.Issuer(_ => { });

    private readonly DnsWorld _dns = new();
    private readonly LoopbackWebServer _web = LoopbackWebServer.Start();

    protected override ValueTask<IProofChecker> CreateCheckerAsync()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification()
            .ConfigureHttp(options => options.Retries = 0)
            .UseDnsResolver(new InMemoryDnsResolver(_dns))
            .RouteFileChecksToLoopbackForTesting(_web.HttpPort, _web.HttpsPort);
        return new(services.BuildServiceProvider().GetRequiredService<IHttpProofChecker>());
    }

    protected override ValueTask DestroyCheckerAsync(IProofChecker checker) => _web.DisposeAsync();

    protected override ValueTask<ProofRequest> PublishedAsync() => PrepareAsync("published.example", token => token);

    protected override ValueTask<ProofRequest> AbsentAsync() => PrepareAsync("absent.example", _ => null);

    protected override ValueTask<ProofRequest> MismatchedAsync() => PrepareAsync("mismatched.example", _ => "another-token");

    protected override async ValueTask<ProofRequest> UnreachableAsync()
    {
        _web.Faults.Add(WebFault.Close());
        return await PrepareAsync("unreachable.example", token => token);
    }

    private async ValueTask<ProofRequest> PrepareAsync(string domain, Func<string, string?> publish)
    {
        var record = new ChallengeRecord { Method = ProofMethod.HttpFile, Name = $"http://{domain}/proof", ValueFormat = "token={token}" };
        var token = await Issuer.IssueAsync(new TokenContext(string.Empty, "ann", DomainName.Parse(domain), 1), default);
        _dns.Zone(domain).Address("@", IPAddress.Parse("9.9.9.9"));
        if (publish(token.Value) is { } published)
        {
            _web.Put(domain, "/proof", record.FormatValue(published));
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
