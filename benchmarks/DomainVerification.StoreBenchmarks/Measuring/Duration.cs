namespace DomainVerification.StoreBenchmarks.Measuring;

/// <summary>How long to measure.</summary>
/// <param name="WarmUp">Before the first round of each variant, with the most writers.</param>
/// <param name="Round">One round of a variant.</param>
/// <param name="Rounds">Rounds a variant.</param>
/// <param name="Samples">How often something is done whose single time is measured.</param>
/// <param name="Rows">The sizes of tables.</param>
internal sealed record Duration(TimeSpan WarmUp, TimeSpan Round, int Rounds, int Samples, IReadOnlyList<int> Rows)
{
    public static Duration Full { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(0.5), 7, 400, [1_000, 100_000, 1_000_000]);

    public static Duration Short { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.3), 5, 200, [1_000, 10_000, 100_000]);
}
