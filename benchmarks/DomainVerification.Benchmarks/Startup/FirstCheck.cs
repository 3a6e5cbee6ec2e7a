using System.Diagnostics;
using System.Globalization;
using DomainVerification.Dns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DomainVerification.Benchmarks.Startup;

/// <summary>The first look of a process for a proof, from the first line of the program on; nothing is compiled and nothing is loaded.</summary>
internal static class FirstCheck
{
    public const string Domain = "acme.example";
    public const string RecordName = "_host-challenge.acme.example";
    public const string Value = "token=abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The ways to look.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["bare", "registered", "sdk", "claim"];

    /// <summary>Looks once and writes the milliseconds that it took.</summary>
    public static async Task<int> RunAsync(string kind, string server)
    {
        var clock = Stopwatch.StartNew();
        var isFound = kind switch
        {
            "bare" => await LookAsync(new ConfiguredServersResolver(
                new DnsResolverOptions { Servers = [server] },
                TimeProvider.System,
                NullLogger<ConfiguredServersResolver>.Instance)),
            "registered" => await LookAsync(Registered(server)),
            "sdk" => await CheckAsync(server),
            _ => await VerifyAsync(server),
        };
        Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return isFound ? 0 : 1;
    }

    /// <summary>The client alone, as a host registers it that has no more than that.</summary>
    private static IDnsResolver Registered(string server)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.Configure<DnsResolverOptions>(options => options.Servers = [server]);
        services.AddSingleton<IDnsResolver>(provider => new ConfiguredServersResolver(
            provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ConfiguredServersResolver>>()));
        return services.BuildServiceProvider().GetRequiredService<IDnsResolver>();
    }

    /// <summary>A look-up and a comparison of strings.</summary>
    private static async Task<bool> LookAsync(IDnsResolver resolver)
    {
        var answer = await resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(RecordName), DnsRecordType.TXT), CancellationToken.None);
        return answer.Records.OfType<DnsTxtRecord>().Any(record => record.Text == Value);
    }

    /// <summary>The SDK's checker of proofs.</summary>
    private static async Task<bool> CheckAsync(string server)
    {
        // Not disposed, as little as the bare client is: the process ends with the check.
        var services = Build(server);
        var checker = services.GetRequiredService<IDnsProofChecker>();
        var report = await checker.CheckAsync(Request(services.GetRequiredService<ITokenIssuer>()), CancellationToken.None);
        return report.Outcome == ProofOutcome.Proved;
    }

    /// <summary>A claim from its request on: with a token, instructions, the public suffix list, and a look that finds another token.</summary>
    private static async Task<bool> VerifyAsync(string server)
    {
        var services = Build(server);
        var manager = services.GetRequiredService<IDomainClaimManager>();
        var requested = await manager.RequestAsync(new ClaimRequest("tenant", Domain));
        var verified = await manager.VerifyAsync(ClaimReference.To(requested.RequireClaim()));
        return verified.Status == ClaimResultStatus.NotProved;
    }

    private static ServiceProvider Build(string server)
    {
        var services = new ServiceCollection();
        services
            .AddDomainVerification(options => (options.Provider, options.AllowUnlistedSuffixes) = ("host", true))
            .ConfigureDns(options => options.Servers = [server]);
        return services.BuildServiceProvider();
    }

    private static ProofRequest Request(ITokenIssuer issuer)
    {
        var domain = DomainName.Parse(Domain);
        var now = TimeProvider.System.GetUtcNow();
        var claim = new DomainClaim
        {
            Id = ClaimId.New(TimeProvider.System),
            Profile = string.Empty,
            Owner = "tenant",
            Domain = domain,
            Status = ClaimStatus.Pending,
            Challenge = new Challenge
            {
                Record = new ChallengeRecord { Method = ProofMethod.DnsTxt, Name = RecordName, ValueFormat = "token={token}" },
                Token = new StoredToken(StoredTokenSchemes.Clear, Value["token=".Length..]),
                Generation = 1,
                IssuedAt = now,
            },
            Version = 1,
            CreatedAt = now,
            CreatedBy = ClaimActor.System,
            ModifiedAt = now,
            ModifiedBy = ClaimActor.System,
        };
        return new ProofRequest { Domain = domain, Record = claim.Challenge.Record, Token = new TokenMatcher(issuer, claim) };
    }
}
