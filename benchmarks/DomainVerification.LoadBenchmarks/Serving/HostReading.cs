namespace DomainVerification.LoadBenchmarks.Serving;

/// <summary>What the host says of itself.</summary>
/// <param name="ProcessorMilliseconds">The processor time that it has used, in all its threads.</param>
/// <param name="HeapBytes">What is alive on the managed heap after a full collection.</param>
/// <param name="ResidentBytes">The memory of the process.</param>
internal sealed record HostReading(double ProcessorMilliseconds, long HeapBytes, long ResidentBytes);
