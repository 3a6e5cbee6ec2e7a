namespace DomainVerification.StoreBenchmarks.Measuring;

/// <summary>What stands in the middle of many measured values, and near their end.</summary>
internal static class Samples
{
    public static double Median(this IEnumerable<double> values) => values.Percentile(0.5);

    public static double Percentile(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)Math.Min(sorted.Length * share, sorted.Length - 1)];
    }
}
