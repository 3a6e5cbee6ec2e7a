using System.Reflection;

namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>The public API of each package as it was last approved, one text file a package.</summary>
internal static class ApprovedApi
{
    private const string AcceptVariable = "DOMAINVERIFICATION_ACCEPT_API";
    private const string Extension = ".approved.txt";

    private static readonly string Folder = Path.Combine(Repository.Tests, "DomainVerification.Packages.Tests", "PublicApi");

    public static IEnumerable<string> Packages =>
        Directory.GetFiles(Folder, "*" + Extension).Select(path => Path.GetFileName(path)[..^Extension.Length]);

    /// <summary>Fails with the difference where the API is not the approved one, unless everything is to be accepted.</summary>
    public static void Check(string package)
    {
        var file = Path.Combine(Folder, package + Extension);
        var actual = ApiText.Render(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(file, actual);
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        Assert.True(
            approved == actual,
            $"The public API of {package} changed (- approved, + now):\n{LineDiff.Between(approved, actual)}\n"
            + $"If users should get this change, accept it by running these tests again with {AcceptVariable}=1.");
    }
}
