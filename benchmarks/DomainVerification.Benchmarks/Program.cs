using BenchmarkDotNet.Running;
using DomainVerification.Benchmarks.Startup;
using DomainVerification.Benchmarks.Suffixes;

switch (args)
{
    case ["first-check", var kind, var server]:
        return await FirstCheck.RunAsync(kind, server);

    case ["startup"]:
        return await StartupMeasurement.RunAsync();

    case ["suffixes", ..]:
        return SuffixComparison.Run(args.ElementAtOrDefault(1));

    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
