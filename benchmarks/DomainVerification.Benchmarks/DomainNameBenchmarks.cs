using System.Globalization;
using BenchmarkDotNet.Attributes;

namespace DomainVerification.Benchmarks;

/// <summary>Reading a name; the framework's own IDNA mapping, which checks less, is the yardstick.</summary>
[MemoryDiagnoser]
public class DomainNameBenchmarks
{
    private readonly IdnMapping _mapping = new() { UseStd3AsciiRules = true };

    [Params("www.acme.co.uk", "WWW.Acme.Co.UK", "bücher.example", "xn--bcher-kva.example")]
    public string Text { get; set; } = string.Empty;

    [Benchmark(Baseline = true)]
    public string IdnMappingGetAscii() => _mapping.GetAscii(Text);

    [Benchmark]
    public DomainName? TryParse()
    {
        DomainName.TryParse(Text, out var name, out _);
        return name;
    }
}
