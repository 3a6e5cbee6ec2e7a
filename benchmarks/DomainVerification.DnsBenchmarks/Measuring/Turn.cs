namespace DomainVerification.DnsBenchmarks.Measuring;

/// <summary>What one turn of one subject came to; a value that is not known of a program outside is not a number.</summary>
/// <param name="Queries">Queries that were sent.</param>
/// <param name="Seconds">How long they took together.</param>
/// <param name="ProcessorSeconds">Processor time of the client's whole process.</param>
internal sealed record Turn(double Queries, double Seconds, double ProcessorSeconds)
{
    public double AllocatedBytes { get; init; } = double.NaN;

    /// <summary>The most sockets that were open at once, as seen a few times in the turn.</summary>
    public double Sockets { get; init; } = double.NaN;

    /// <summary>The peak of resident memory in the turn, less what the loaded process had before its first wave.</summary>
    public double AddedMegabytes { get; init; } = double.NaN;

    /// <summary>Answers that were not those of the name.</summary>
    public double Wrong { get; init; }

    /// <summary>Queries without an answer.</summary>
    public double Lost { get; init; }

    /// <summary>Half of the queries took at most this.</summary>
    public double MedianMicroseconds { get; init; } = double.NaN;

    public double P99Microseconds { get; init; } = double.NaN;

    /// <summary>Processor time of the server in the turn.</summary>
    public double ServerSeconds { get; init; } = double.NaN;

    /// <summary>Cores that neither client nor server used, but somebody else.</summary>
    public double OtherCores { get; init; } = double.NaN;

    public double PerSecond => Queries / Seconds;
}
