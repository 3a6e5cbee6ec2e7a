namespace DomainVerification.Tests;

/// <summary>Reads the tables of the documentation, so that tests can keep them equal to the code.</summary>
internal static class MarkdownTable
{
    /// <summary>The cells of the table whose first column has this header, without its header; back-ticks are dropped.</summary>
    public static IReadOnlyList<string[]> Read(string document, string firstHeader)
    {
        var lines = File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", document)).ToList();
        var header = lines.FindIndex(line => line.StartsWith($"| {firstHeader} |", StringComparison.Ordinal));
        Assert.True(header >= 0, $"docs/{document} has no table that begins with '{firstHeader}'.");
        return [.. lines.Skip(header + 2).TakeWhile(line => line.StartsWith('|')).Select(Cells)];
    }

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim(' ', '`'))];
}
