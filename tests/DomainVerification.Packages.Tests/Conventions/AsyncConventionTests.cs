using System.Reflection;
using DomainVerification.ConformanceTests;

namespace DomainVerification.Packages.Tests.Conventions;

public class AsyncConventionTests
{
    /// <summary>The interfaces that hosts call and nobody implements: there a default token is a convenience and no trap.</summary>
    private static readonly string[] CalledByHosts = ["IDomainClaimManager", "IOutbox", "ITransferReviews", "ISendingIdentities"];

    [Fact]
    public void AsyncMethods_Always_TakeACancellationTokenLast()
    {
        var without = AsyncMethods().Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken));

        Violations.None(without.Select(Describe));
    }

    [Fact]
    public void AsyncMethods_OfInterfaces_RequireTheToken()
    {
        var optional = AsyncMethods()
            .Where(method => method.DeclaringType!.IsInterface && !CalledByHosts.Contains(method.DeclaringType.Name))
            .Where(method => method.GetParameters().LastOrDefault()?.HasDefaultValue == true);

        Violations.None(optional.Select(Describe));
    }

    [Fact]
    public void AsyncMethods_Always_AreNamedAsync()
    {
        var misnamed = AsyncMethods()
            .Where(method => !method.DeclaringType!.IsSubclassOf(typeof(Delegate)))
            .Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal));

        Violations.None(misnamed.Select(Describe));
    }

    private static IEnumerable<MethodInfo> AsyncMethods() => PackagedAssemblies.PublicTypes
        .SelectMany(PackagedAssemblies.VisibleMethods)
        .Where(method => AsyncTypes.IsAsync(method.ReturnType))
        .Where(method => !IsGivenFromOutside(method) && !IsConformanceTest(method));

    // The shape of an override, or of an implementation of somebody else's interface, is not ours to choose.
    private static bool IsGivenFromOutside(MethodInfo method)
    {
        if (method.Name == "EndInvoke" || IsBinder(method) || !IsOurs(method.GetBaseDefinition().DeclaringType!))
        {
            return true;
        }

        var type = method.DeclaringType!;
        return !type.IsInterface && type.GetInterfaces().Where(face => !IsOurs(face))
            .Any(face => type.GetInterfaceMap(face).TargetMethods.Contains(method));
    }

    // Minimal APIs look for a method of this name and shape, and the request has the token.
    private static bool IsBinder(MethodInfo method) =>
        method is { Name: "BindAsync", IsStatic: true } && method.GetParameters() is [{ ParameterType.Name: "HttpContext" }];

    private static bool IsOurs(Type type) => PackagedAssemblies.All.Contains(type.Assembly);

    // What a suite of the conformance kit tests and overrides is called by xunit, which passes no token.
    private static bool IsConformanceTest(MethodInfo method) =>
        method.CustomAttributes.Any(attribute => typeof(FactAttribute).IsAssignableFrom(attribute.AttributeType))
        || (method.IsFamily && typeof(ConformanceSuite).IsAssignableFrom(method.DeclaringType));

    private static string Describe(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
