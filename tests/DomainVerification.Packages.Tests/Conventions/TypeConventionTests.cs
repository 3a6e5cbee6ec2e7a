namespace DomainVerification.Packages.Tests.Conventions;

public class TypeConventionTests
{
    /// <summary>Classes that users derive from, each with its reason.</summary>
    private static readonly Dictionary<string, string> OpenClasses = [];

    /// <summary>Extension classes live where users of the framework look for them.</summary>
    private static readonly string[] FrameworkNamespaces =
    [
        "Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore.Authorization", "Microsoft.AspNetCore.Builder",
        "Microsoft.EntityFrameworkCore",
    ];

    [Fact]
    public void PublicClasses_Always_AreSealedOrMadeToDeriveFrom()
    {
        var open = PackagedAssemblies.PublicTypes.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false });

        Violations.None(open.Select(type => type.Name).Except(OpenClasses.Keys));
    }

    [Fact]
    public void OpenClasses_Exist() =>
        Violations.None(OpenClasses.Keys.Except(PackagedAssemblies.PublicTypes.Where(type => !type.IsSealed).Select(type => type.Name)));

    [Fact]
    public void InternalNamespaces_Always_HoldNoPublicType()
    {
        var exposed = PackagedAssemblies.PublicTypes
            .Where(type => (type.Namespace ?? "").Split('.').Contains("Internal", StringComparer.Ordinal));

        Violations.None(exposed.Select(type => type.FullName));
    }

    [Fact]
    public void Namespaces_Always_StartWithTheProductOrAreForExtensions()
    {
        var strays = PackagedAssemblies.PublicTypes
            .Where(type => type.Namespace != "DomainVerification" && type.Namespace?.StartsWith("DomainVerification.", StringComparison.Ordinal) != true)
            .Where(type => !(type is { IsAbstract: true, IsSealed: true } && FrameworkNamespaces.Contains(type.Namespace)));

        Violations.None(strays.Select(type => type.FullName));
    }
}
