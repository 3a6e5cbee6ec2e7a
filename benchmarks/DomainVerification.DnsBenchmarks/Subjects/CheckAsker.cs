using DomainVerification.Dns;
using DomainVerification.DnsBenchmarks.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>The whole check of a proof: question, answer, judgement and report.</summary>
internal sealed class CheckAsker : IAsker<ProofReport>
{
    /// <summary>The server is ours, so that nobody is hurt by more queries than the default allows.</summary>
    public const int MaxInFlight = 4096;

    private readonly IDnsProofChecker _checker;
    private readonly ProofRequest[] _requests;

    /// <param name="endpoint">The server of the zone, and of the root.</param>
    /// <param name="names">How many names are asked for.</param>
    /// <param name="mode">Whether the server is asked as a resolver, or found by the walk to the zone's servers.</param>
    /// <param name="apex">The zone.</param>
    public CheckAsker(string endpoint, int names, DnsLookupMode mode, string apex = Zone.Apex)
    {
        ServiceCollection services = new();
        services
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .ConfigureDns(options =>
            {
                (options.Mode, options.Servers, options.RootHints) = (mode, [endpoint], [endpoint]);
                options.MaxInFlightPerServer = MaxInFlight;
            });
        var provider = services.BuildServiceProvider();
        _checker = provider.GetRequiredService<IDnsProofChecker>();
        var issuer = provider.GetRequiredService<ITokenIssuer>();
        _requests = [.. Enumerable.Range(0, names).Select(index => Request(index, apex, issuer))];
    }

    /// <summary>Whether a report says that the token is there; null where it says nothing.</summary>
    public static bool? IsRight(ProofReport report) =>
        report.Outcome == ProofOutcome.Inconclusive ? null : report.Outcome == ProofOutcome.Proved;

    public ValueTask<ProofReport> AskAsync(int index) => _checker.CheckAsync(RequestOf(index), CancellationToken.None);

    public bool? IsRight(int index, ProofReport answer) => IsRight(answer);

    /// <summary>Checks many by one call.</summary>
    public Task<IReadOnlyList<ProofReport>> AskAllAsync(int first, int count, int inFlight)
    {
        ProofRequest[] requests = [.. Enumerable.Range(first, count).Select(RequestOf)];
        return _checker.CheckAllAsync(requests, inFlight, CancellationToken.None);
    }

    private ProofRequest RequestOf(int index) => _requests[index % _requests.Length];

    private static ProofRequest Request(int index, string apex, ITokenIssuer issuer)
    {
        ChallengeRecord record = new() { Method = ProofMethod.DnsTxt, Name = Zone.Name(index, apex), ValueFormat = Zone.Format };
        DomainClaim claim = new()
        {
            Id = ClaimId.New(TimeProvider.System),
            Profile = string.Empty,
            Owner = "tenant",
            Domain = DomainName.Parse(Zone.Domain(index, apex)),
            Status = ClaimStatus.Pending,
            Challenge = new Challenge
            {
                Record = record,
                Token = new StoredToken(StoredTokenSchemes.Clear, Zone.Token(index)),
                Generation = 1,
                IssuedAt = default,
            },
            Version = 1,
            CreatedAt = default,
            CreatedBy = ClaimActor.System,
            ModifiedAt = default,
            ModifiedBy = ClaimActor.System,
        };
        return new ProofRequest { Domain = claim.Domain, Record = record, Token = new TokenMatcher(issuer, claim) };
    }
}
