using System.Text.RegularExpressions;

namespace DomainVerification.Docs.Tests;

/// <summary>
/// Every block of C# or SQL in the README and the docs is code that is compiled: it stands, line for line, in a file whose name begins
/// with <c>Snippets</c>, or in a sample.
/// </summary>
public sealed partial class SnippetTests
{
    private static readonly string Root = RepositoryFiles.Root;

    private static readonly string Compiled = string.Join(
        '\n',
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path).StartsWith("Snippets", StringComparison.Ordinal)
                || path.Contains(Path.Combine("docs", "samples"), StringComparison.Ordinal))
            .Select(path => Flatten(File.ReadAllText(path))));

    public static TheoryData<string> Pages() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Root, "*.md"))
            .Where(path => Blocks(path).Any())
            .Select(path => Path.GetRelativePath(Root, path)),
    ];

    [Fact]
    public void Readme_Always_HasSnippets() => Assert.NotEmpty(Blocks(Path.Combine(Root, "README.md")));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EachSnippet_IsCompiled(string page)
    {
        foreach (var block in Blocks(Path.Combine(Root, page)))
        {
            Assert.True(Compiled.Contains(Flatten(block), StringComparison.Ordinal), $"{page} shows code that nothing compiles:\n{block}");
        }
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public void Page_EachLink_LeadsToAFile(string page)
    {
        var path = Path.Combine(Root, page);
        foreach (var target in Link().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
        {
            var file = target.Split('#')[0];
            if (file.Length > 0 && !file.Contains("://", StringComparison.Ordinal) && !file.StartsWith("mailto:", StringComparison.Ordinal))
            {
                var full = Path.Combine(Path.GetDirectoryName(path)!, file);
                Assert.True(File.Exists(full) || Directory.Exists(full), $"{page} links to {target}, which is not there.");
            }
        }
    }

    public static TheoryData<string> AllPages() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Root, "*.md"))
            .Select(path => Path.GetRelativePath(Root, path)),
    ];

    private static IEnumerable<string> Blocks(string path) => Block().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value);

    /// <summary>Leaves out indentation, which depends on where the code stands.</summary>
    private static string Flatten(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("^```(?:csharp|sql)\\s*\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("\\]\\(([^)\\s]+)\\)")]
    private static partial Regex Link();
}
