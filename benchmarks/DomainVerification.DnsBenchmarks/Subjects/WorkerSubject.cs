using DomainVerification.DnsBenchmarks.Measuring;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>A .NET client in a worker process, which ends with the first of its clients.</summary>
internal sealed class WorkerSubject(string name, WorkerProcess process) : ISubject
{
    public string Name => name;

    public Task<Turn> RunAsync(int queries, int inFlight) => process.RunAsync(name, queries, inFlight);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
