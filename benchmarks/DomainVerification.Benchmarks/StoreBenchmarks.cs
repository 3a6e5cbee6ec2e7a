using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Benchmarks;

/// <summary>The manager over the in-memory store: a request for a new domain, the same request again, and a read.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private ServiceProvider _services = null!;
    private IDomainClaimManager _manager = null!;
    private ClaimReference _known = null!;
    private int _number;

    [GlobalSetup]
    public async Task SetUp()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification();
        _services = services.BuildServiceProvider();
        _manager = _services.GetRequiredService<IDomainClaimManager>();
        _known = ClaimReference.To((await _manager.RequestAsync(new ClaimRequest("tenant", "acme.com"))).RequireClaim());
    }

    [GlobalCleanup]
    public void CleanUp() => _services.Dispose();

    [Benchmark(Baseline = true)]
    public Task<ClaimResult> Get() => _manager.GetAsync(_known);

    [Benchmark]
    public Task<ClaimResult> RequestAgain() => _manager.RequestAsync(new ClaimRequest("tenant", "acme.com"));

    [Benchmark]
    public Task<ClaimResult> RequestNew() => _manager.RequestAsync(new ClaimRequest("tenant", $"d{_number++}.com"));
}
