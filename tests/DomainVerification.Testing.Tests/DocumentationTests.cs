using System.Text.RegularExpressions;

namespace DomainVerification.Testing.Tests;

public sealed class DocumentationTests
{
    private const string Fence = "```";

    [Fact]
    public void TestingPage_EverySnippet_IsCompiledAndRunHere()
    {
        var root = RepositoryRoot();
        var page = File.ReadAllText(Path.Combine(root, "docs", "testing.md"));
        var compiled = File.ReadAllText(Path.Combine(root, "tests", "DomainVerification.Testing.Tests", "Snippets.cs"));

        var snippets = Regex.Matches(page, $"^{Fence}csharp\n(.*?)^{Fence}", RegexOptions.Singleline | RegexOptions.Multiline);

        Assert.Equal(6, snippets.Count);
        Assert.All(snippets, snippet => Assert.Contains(snippet.Groups[1].Value, compiled, StringComparison.Ordinal));
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DomainVerification.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("This test needs the repository around it.");
        return folder;
    }
}
