namespace DomainVerification.Docs.Tests.Observability;

/// <summary>The tables of <c>docs/observability.md</c>.</summary>
internal static class ObservabilityPage
{
    private static readonly string[] _lines = File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "docs", "observability.md"));

    /// <summary>The rows of the table under a heading, each cell without its marks of code.</summary>
    public static IReadOnlyList<string[]> Rows(string heading) =>
    [
        .. _lines.SkipWhile(line => line != $"## {heading}")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray()),
    ];

    /// <summary>The words of a cell that are marked as code and set apart by commas.</summary>
    public static string[] Words(string cell) => [.. cell.Split(", ").Select(word => word.Trim('`', ' ')).Where(word => word.Length > 0)];
}
