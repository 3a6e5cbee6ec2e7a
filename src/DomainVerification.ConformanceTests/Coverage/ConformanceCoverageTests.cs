using System.Reflection;
using System.Runtime.CompilerServices;

namespace DomainVerification.ConformanceTests;

/// <summary>
/// Finds implementations that nobody holds to their contract: derive one class from this one in the project that holds your suites, and a
/// suite that was forgotten is a test that fails.
/// </summary>
public abstract class ConformanceCoverageTests
{
    internal static readonly (Type Contract, Type Suite)[] Suites =
    [
        (typeof(IClaimStore), typeof(ClaimStoreConformanceTests)),
        (typeof(IIdempotencyStore), typeof(IdempotencyStoreConformanceTests)),
        (typeof(IHoldingStore), typeof(HoldingStoreConformanceTests)),
        (typeof(ITokenIssuer), typeof(TokenIssuerConformanceTests)),
        (typeof(IProofChecker), typeof(ProofCheckerConformanceTests)),
        (typeof(IIdentityProvisioner), typeof(IdentityProvisionerConformanceTests)),
    ];

    /// <summary>The assemblies whose implementations must have their suites.</summary>
    protected abstract IReadOnlyList<Assembly> Implementations { get; }

    /// <summary>Implementations that need no suite, each with its reason. None unless overridden.</summary>
    protected virtual IReadOnlyDictionary<Type, string> Exempt => new Dictionary<Type, string>();

    /// <summary>Each implementation has its suite.</summary>
    [Contract(
        "Each class that implements a contract has a suite in the project of this test, named after the class.",
        Where = "ConformanceCoverageTests.Implementations")]
    public void EveryImplementation_HasItsSuite()
    {
        var missing = ImplementedContracts()
            .Where(pair => !Exempt.ContainsKey(pair.Implementation) && !HasSuite(pair.Implementation, pair.Suite))
            .Select(pair => Advise(pair.Implementation, pair.Contract, pair.Suite))
            .ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    /// <summary>Exemptions say why, and are of classes that are there.</summary>
    [Contract(
        "An exemption has a reason, and is that of a class which implements a contract.",
        Where = "ConformanceCoverageTests.Exempt")]
    public void Exemptions_Always_HaveAReason()
    {
        var implementations = ImplementedContracts().Select(pair => pair.Implementation).ToHashSet();
        Assert.All(Exempt, pair => Assert.False(string.IsNullOrWhiteSpace(pair.Value), $"{pair.Key.Name} is exempt without a reason."));
        Assert.All(Exempt.Keys, type => Assert.True(implementations.Contains(type), $"{type.Name} is exempt and implements no contract."));
    }

    private static string NameOf(Type implementation) => implementation.Name.Split('`')[0];

    private static string Advise(Type implementation, Type contract, Type suite) =>
        $"{NameOf(implementation)} implements {contract.Name}. "
        + $"Write: public sealed class {NameOf(implementation)}{StemFor(implementation, suite)}ConformanceTests : {suite.Name}";

    /// <summary>What keeps the suites of a class that implements several contracts apart.</summary>
    private static string StemFor(Type implementation, Type suite)
    {
        var stem = suite.Name.Replace("ConformanceTests", string.Empty, StringComparison.Ordinal);
        var isOnly = Suites.Count(pair => pair.Contract.IsAssignableFrom(implementation)) == 1;
        return isOnly || NameOf(implementation).EndsWith(stem, StringComparison.Ordinal) ? string.Empty : stem;
    }

    private IEnumerable<(Type Implementation, Type Contract, Type Suite)> ImplementedContracts() =>
        from type in Implementations.SelectMany(assembly => assembly.GetTypes())
        where type is { IsClass: true, IsAbstract: false, IsNestedPrivate: false }
        where !type.IsDefined(typeof(CompilerGeneratedAttribute))
        from pair in Suites
        where pair.Contract.IsAssignableFrom(type)
        select (type, pair.Contract, pair.Suite);

    private bool HasSuite(Type implementation, Type suite) => GetType().Assembly.GetTypes().Any(type =>
        type is { IsClass: true, IsAbstract: false }
        && suite.IsAssignableFrom(type)
        && type.Name.StartsWith(NameOf(implementation), StringComparison.Ordinal));
}
