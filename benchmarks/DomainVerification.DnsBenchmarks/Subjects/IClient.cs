using DomainVerification.DnsBenchmarks.Measuring;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>A .NET client that has its turn.</summary>
internal interface IClient
{
    /// <summary>Asks for the first names.</summary>
    Task RunAsync(int queries, int inFlight, Tally tally);
}
