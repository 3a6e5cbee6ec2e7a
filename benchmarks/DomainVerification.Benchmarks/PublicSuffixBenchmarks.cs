using BenchmarkDotNet.Attributes;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Benchmarks;

/// <summary>Finding the registrable domain of a name.</summary>
[MemoryDiagnoser]
public class PublicSuffixBenchmarks
{
    private readonly PublicSuffixList _list = PublicSuffixList.BuiltIn;
    private DomainName _name = null!;

    [Params("acme.com", "www.acme.co.uk", "a.b.c.d.s3.eu-west-1.amazonaws.com")]
    public string Name { get; set; } = string.Empty;

    [GlobalSetup]
    public void SetUp() => _name = DomainName.TryParse(Name, out var name, out _) ? name : throw new InvalidOperationException(Name);

    [Benchmark(Baseline = true)]
    public int LastDot() => Name.LastIndexOf('.');

    [Benchmark]
    public PublicSuffixMatch Find() => _list.Find(Name);

    [Benchmark]
    public DomainName? GetRegistrableDomain() => _list.GetRegistrableDomain(_name);
}
