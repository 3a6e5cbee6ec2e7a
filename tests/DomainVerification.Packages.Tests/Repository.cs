using System.Xml.Linq;

namespace DomainVerification.Packages.Tests;

/// <summary>The source tree that these tests run from.</summary>
internal static class Repository
{
    /// <summary>The DnsClient adapter needs a package that not every feed serves, so the solution cannot build it.</summary>
    public const string OutsideTheSolution = "DomainVerification.DnsClient";

    public static string Root { get; } = RepositoryFiles.Root;

    public static string Source { get; } = Path.Combine(Root, "src");

    public static string Tests { get; } = Path.Combine(Root, "tests");

    /// <summary>The names of all projects under <c>src</c> that are packed.</summary>
    public static IReadOnlyList<string> Packages { get; } =
        [.. Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories)
            .Where(IsPackable)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)];

    /// <summary>All hand-written files with this extension below a folder.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(path => !IsBuildOutput(Path.GetRelativePath(folder, path)));

    private static bool IsBuildOutput(string relativePath) =>
        relativePath.Split(Path.DirectorySeparatorChar) is var parts && (parts.Contains("bin") || parts.Contains("obj"));

    private static bool IsPackable(string projectFile) =>
        !XDocument.Load(projectFile).Descendants("IsPackable").Any(element => element.Value == "false");
}
