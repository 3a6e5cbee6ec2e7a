using System.Text.RegularExpressions;

namespace DomainVerification.Docs.Tests;

/// <summary>Every test that a table of statements names exists.</summary>
public sealed partial class StatementTests
{
    private static readonly HashSet<string> Known =
    [
        .. new[] { "tests", "src" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, folder), "*Tests*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => Methods(File.ReadAllText(path))),
    ];

    [Theory]
    [InlineData("docs/vendors.md")]
    [InlineData("docs/idempotency.md")]
    public void Table_EachStatement_NamesATestThatExists(string page)
    {
        var named = File.ReadLines(Path.Combine(RepositoryFiles.Root, page))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith("` |", StringComparison.Ordinal))
            .Select(line => line.Split('|')[^2].Trim(' ', '`'))
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, test => Assert.Contains(test, Known));
    }

    /// <summary>The public methods of a file of tests, which are its facts and theories, each with its class.</summary>
    private static IEnumerable<string> Methods(string source)
    {
        var type = Type().Match(source).Groups[1].Value;
        return Test().Matches(source).Select(match => $"{type}.{match.Groups[1].Value}");
    }

    [GeneratedRegex(@"class (\w+)")]
    private static partial Regex Type();

    [GeneratedRegex(@"\n    public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Test();
}
