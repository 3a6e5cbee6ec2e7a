using System.Reflection;

namespace DomainVerification.Packages.Tests;

/// <summary>The assemblies of all packages of the solution, and what they show to their users.</summary>
internal static class PackagedAssemblies
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<Assembly> All { get; } =
        [.. Repository.Packages.Where(name => name != Repository.OutsideTheSolution).Select(Assembly.Load)];

    public static IReadOnlyList<Type> PublicTypes { get; } = [.. All.SelectMany(assembly => assembly.GetExportedTypes())];

    /// <summary>Methods that users can call or override, without the accessors of properties and events.</summary>
    public static IEnumerable<MethodInfo> VisibleMethods(Type type) =>
        type.GetMethods(Declared).Where(method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.IsSpecialName);
}
