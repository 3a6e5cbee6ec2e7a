namespace DomainVerification.Packages.Tests.Conventions;

public class SourceConventionTests
{
    private const int MaxSourceLines = 400;
    private const int MaxTestLines = 600;
    private const int MaxLineLength = 140;

    private static readonly string[] ForbiddenFolders = ["Helpers", "Utils", "Utilities", "Services", "Interfaces", "Managers", "Common", "Misc"];

    [Fact]
    public void SourceFiles_Always_AreShort() => Assert.Empty(LongerThan(MaxSourceLines, Repository.Source));

    [Fact]
    public void TestFiles_Always_AreShort() => Assert.Empty(LongerThan(MaxTestLines, Repository.Tests));

    [Fact]
    public void SourceLines_Always_FitTheScreen()
    {
        var wide = Repository.Files(Repository.Source, "*.cs")
            .SelectMany(path => File.ReadLines(path).Select((line, index) => (Path: path, Number: index + 1, line.Length)))
            .Where(line => line.Length > MaxLineLength);

        Assert.Empty(wide.Select(line => $"{Relative(line.Path)}:{line.Number} has {line.Length} characters"));
    }

    [Fact]
    public void Folders_Always_AreNamedAfterAFeature()
    {
        var folders = Repository.Files(Repository.Source, "*.cs").Select(path => Path.GetDirectoryName(Relative(path))!).Distinct();
        var byKind = folders.Where(folder => folder.Split(Path.DirectorySeparatorChar).Intersect(ForbiddenFolders).Any());

        Assert.Empty(byKind);
    }

    private static IEnumerable<string> LongerThan(int limit, string folder) => Repository.Files(folder, "*.cs")
        .Select(path => (Path: path, Lines: File.ReadLines(path).Count()))
        .Where(file => file.Lines > limit)
        .Select(file => $"{Relative(file.Path)} has {file.Lines} lines");

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);
}
