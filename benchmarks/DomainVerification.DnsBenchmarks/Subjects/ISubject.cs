using DomainVerification.DnsBenchmarks.Measuring;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>A client that takes its turns.</summary>
internal interface ISubject : IAsyncDisposable
{
    string Name { get; }

    Task<Turn> RunAsync(int queries, int inFlight);
}
