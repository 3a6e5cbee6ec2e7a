using System.Reflection;

namespace DomainVerification.Packages.Tests.PublicApi;

public class PublicApiTests
{
    private const string AcceptVariable = "DOMAINVERIFICATION_ACCEPT_API";

    private static readonly string ApprovedFolder = Path.Combine(Repository.Tests, "DomainVerification.Packages.Tests", "PublicApi");

    public static TheoryData<string> Packages => [.. PackagedAssemblies.All.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void PublicApi_OfEveryPackage_IsWhatWasApproved(string package)
    {
        var file = Path.Combine(ApprovedFolder, package + ".approved.txt");
        var actual = ApiText.Render(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1") File.WriteAllText(file, actual);

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        Assert.True(
            approved == actual,
            $"The public API of {package} changed (- approved, + now):\n{LineDiff.Between(approved, actual)}\n"
            + $"If users should get this change, accept it: {AcceptVariable}=1 dotnet test tests/DomainVerification.Packages.Tests");
    }

    [Fact]
    public void ApprovedFiles_BelongToPackages()
    {
        var approved = Directory.GetFiles(ApprovedFolder, "*.approved.txt").Select(path => Path.GetFileName(path)[..^".approved.txt".Length]);

        Assert.Empty(approved.Except(Repository.Packages));
    }
}
