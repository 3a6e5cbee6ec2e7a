using DomainVerification.LoadBenchmarks.Loading;

namespace DomainVerification.LoadBenchmarks.Measuring;

/// <summary>One kind of request and what was measured of it; each figure is the median of the rounds.</summary>
internal sealed record LoadSubject(string Name, IReadOnlyList<string> Requests)
{
    public List<WrkRound> Rounds { get; } = [];

    public List<double> ProcessorMicroseconds { get; } = [];

    public double PerSecond => MedianOf(Rounds.Select(round => round.PerSecond));

    public double Median => MedianOf(Rounds.Select(round => round.Median));

    public double P99 => MedianOf(Rounds.Select(round => round.P99));

    public double Processor => MedianOf(ProcessorMicroseconds);

    public long Errors => Rounds.Sum(round => round.Errors);

    /// <summary>The median of the ratios within each round.</summary>
    public double RatioTo(LoadSubject other) => MedianOf(Rounds.Zip(other.Rounds, (mine, its) => mine.PerSecond / its.PerSecond));

    private static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
