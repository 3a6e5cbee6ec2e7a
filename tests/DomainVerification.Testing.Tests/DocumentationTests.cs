using System.Text.RegularExpressions;

namespace DomainVerification.Testing.Tests;

public sealed class DocumentationTests
{
    private const string Fence = "```";

    [Fact]
    public void TestingPage_EverySnippet_IsCompiledAndRunHere()
    {
        var root = RepositoryFiles.Root;
        var page = File.ReadAllText(Path.Combine(root, "docs", "testing.md"));
        var compiled = File.ReadAllText(Path.Combine(root, "tests", "DomainVerification.Testing.Tests", "Snippets.cs"));

        var snippets = Regex.Matches(page, $"^{Fence}csharp\n(.*?)^{Fence}", RegexOptions.Singleline | RegexOptions.Multiline);

        Assert.Equal(6, snippets.Count);
        Assert.All(snippets, snippet => Assert.Contains(snippet.Groups[1].Value, compiled, StringComparison.Ordinal));
    }
}
