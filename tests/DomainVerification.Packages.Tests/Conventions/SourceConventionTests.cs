namespace DomainVerification.Packages.Tests.Conventions;

public class SourceConventionTests
{
    private const int MaxSourceLines = 400;
    private const int MaxTestLines = 600;

    private static readonly string[] ForbiddenFolders = ["Helpers", "Utils", "Utilities", "Services", "Interfaces", "Managers", "Common", "Misc"];

    [Fact]
    public void SourceFiles_Always_AreShort() => Violations.None(LongerThan(MaxSourceLines, Repository.Source));

    [Fact]
    public void TestFiles_Always_AreShort() => Violations.None(LongerThan(MaxTestLines, Repository.Tests));

    [Fact]
    public void Folders_Always_AreNamedAfterAFeature()
    {
        var folders = Repository.Files(Repository.Source, "*.cs").Select(path => Path.GetDirectoryName(Relative(path))!).Distinct();
        var byKind = folders.Where(folder => folder.Split(Path.DirectorySeparatorChar).Intersect(ForbiddenFolders).Any());

        Violations.None(byKind);
    }

    private static IEnumerable<string> LongerThan(int limit, string folder) => Repository.Files(folder, "*.cs")
        .Select(path => (Path: path, Lines: File.ReadLines(path).Count()))
        .Where(file => file.Lines > limit)
        .Select(file => $"{Relative(file.Path)} has {file.Lines} lines");

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);
}
