using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Benchmarks;

/// <summary>Issuing a token, and telling it from another; a plain random fill is the yardstick.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks
{
    private readonly TokenContext _context = new(string.Empty, "tenant", DomainName.Parse("acme.com"), 1);
    private readonly TokenContext _derivedContext = new("derived", "tenant", DomainName.Parse("acme.com"), 1);
    private ServiceProvider _services = null!;
    private ITokenIssuer _issuer = null!;
    private IssuedToken _issued = null!;

    [GlobalSetup]
    public async Task SetUp()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification().AddProfile("derived", options =>
        {
            options.Token.Source = TokenSource.Derived;
            options.Keys.Add(new TokenKey { Id = "k1", Secret = Convert.ToBase64String(new byte[32]) });
        });
        _services = services.BuildServiceProvider();
        _issuer = _services.GetRequiredService<ITokenIssuer>();
        _issued = await _issuer.IssueAsync(_context, CancellationToken.None);
    }

    [GlobalCleanup]
    public void CleanUp() => _services.Dispose();

    [Benchmark(Baseline = true)]
    public string RandomBytesAsHex() => System.Security.Cryptography.RandomNumberGenerator.GetHexString(40, lowercase: true);

    [Benchmark]
    public ValueTask<IssuedToken> IssueRandom() => _issuer.IssueAsync(_context, CancellationToken.None);

    [Benchmark]
    public ValueTask<IssuedToken> IssueDerived() => _issuer.IssueAsync(_derivedContext, CancellationToken.None);

    [Benchmark]
    public ValueTask<TokenMatch> Match() => _issuer.MatchAsync(_issued.Value, _issued.Stored, _context, CancellationToken.None);
}
