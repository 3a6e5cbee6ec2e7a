namespace DomainVerification.Packages.Tests.PublicApi;

public class PublicApiTests
{
    public static TheoryData<string> Packages => [.. PackagedAssemblies.All.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void PublicApi_OfEveryPackage_IsWhatWasApproved(string package) => ApprovedApi.Check(package);

    [Fact]
    public void ApprovedFiles_BelongToPackages() => Assert.Empty(ApprovedApi.Packages.Except(Repository.Packages));
}
