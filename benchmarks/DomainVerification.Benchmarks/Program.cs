using BenchmarkDotNet.Running;
using DomainVerification.Benchmarks.Suffixes;

if (args is ["suffixes", ..])
{
    return SuffixComparison.Run(args.ElementAtOrDefault(1));
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
