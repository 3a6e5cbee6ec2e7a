namespace DomainVerification.StoreBenchmarks.Measuring;

/// <summary>One of the ways to do the same, which are measured side by side.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="RunOnce">Does it once, for one of the writers.</param>
internal sealed record Variant(string Name, Func<int, Task> RunOnce);

/// <summary>What a round measured.</summary>
/// <param name="PerSecond">How often it was done in a second.</param>
/// <param name="Bytes">Bytes that this process allocated for each.</param>
/// <param name="Cpu">Microseconds of processor time that this process took for each.</param>
/// <param name="ServerCpu">Microseconds of processor time that the server took for each.</param>
internal readonly record struct Round(double PerSecond, double Bytes, double Cpu, double ServerCpu);
