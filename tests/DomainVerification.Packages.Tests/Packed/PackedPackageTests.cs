using System.Text;
using DomainVerification.Packages.Tests.Conventions;

namespace DomainVerification.Packages.Tests.Packed;

public class PackedPackageTests
{
    public static TheoryData<string> Packages => [.. Repository.Packages.Where(name => name != Repository.OutsideTheSolution)];

    [PackedTheory]
    [MemberData(nameof(Packages))]
    public void Package_Always_ShowsReadmeIconLicenceAndDescription(string package)
    {
        using var packed = PackedPackage.Open(package);

        Assert.Equal("README.md", packed.Manifest("readme")?.Value);
        Assert.Equal("icon.png", packed.Manifest("icon")?.Value);
        Assert.Equal("expression", packed.Manifest("license")?.Attribute("type")?.Value);
        Assert.Equal("MIT", packed.Manifest("license")?.Value);
        Assert.True(packed.Manifest("description")?.Value.Length > 40, "A description says what the package is for.");
        Assert.Superset(new HashSet<string> { "README.md", "icon.png", "LICENSE" }, packed.Entries.ToHashSet());
    }

    [PackedTheory]
    [MemberData(nameof(Packages))]
    public void Package_Always_HoldsOneAssemblyWithItsDocumentation(string package)
    {
        using var packed = PackedPackage.Open(package);

        var library = packed.Entries.Where(entry => entry.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal([$"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"], library);
    }

    [PackedTheory]
    [MemberData(nameof(Packages))]
    public void Package_Always_HasItsSymbolsBesideIt(string package)
    {
        using var symbols = PackedPackage.Open(package, ".snupkg");

        Assert.Contains($"lib/net10.0/{package}.pdb", symbols.Entries);
    }

    [PackedTheory]
    [MemberData(nameof(Packages))]
    public void Package_Always_DependsOnlyOnWhatItsLayerAllows(string package)
    {
        using var packed = PackedPackage.Open(package);

        var dependencies = packed.Manifest("dependencies")?.Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value) ?? [];

        Violations.None(dependencies.Except(AllowedDependencies.Of(package)));
    }

    [PackedTheory]
    [MemberData(nameof(Packages))]
    public void Package_Always_HoldsNoPathOfTheMachineThatBuiltIt(string package)
    {
        using var packed = PackedPackage.Open(package);
        using var symbols = PackedPackage.Open(package, ".snupkg");

        AssertNoBuildPath(packed.Read($"lib/net10.0/{package}.dll"));
        AssertNoBuildPath(symbols.Read($"lib/net10.0/{package}.pdb"));
    }

    private static void AssertNoBuildPath(byte[] content)
    {
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
        {
            Assert.Equal(-1, content.AsSpan().IndexOf(encoding.GetBytes(Repository.Root + Path.DirectorySeparatorChar)));
        }
    }
}
