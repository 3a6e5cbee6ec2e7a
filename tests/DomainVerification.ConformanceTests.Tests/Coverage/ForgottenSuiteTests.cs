using System.Reflection;
using DomainVerification.ConformanceTests.Tests.Identities;
using Xunit.Sdk;

namespace DomainVerification.ConformanceTests.Tests.Coverage;

public sealed class ForgottenSuiteTests
{
    [Fact]
    public void EveryImplementation_WithoutASuite_IsNamedWithWhatToWrite()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => new Coverage([]).EveryImplementation_HasItsSuite());

        Assert.Contains(
            "WrappedOnly implements IIdentityProvisioner. "
            + "Write: public sealed class WrappedOnlyConformanceTests : IdentityProvisionerConformanceTests",
            failure.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("InMemoryProvisioner implements", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryImplementation_StoreOfTwoContracts_NeedsTwoSuites()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => new Coverage([]).EveryImplementation_HasItsSuite());

        Assert.Contains("LostUpdateStore implements IClaimStore", failure.Message, StringComparison.Ordinal);
        Assert.Contains(
            "LostUpdateStore implements IIdempotencyStore. "
            + "Write: public sealed class LostUpdateStoreIdempotencyStoreConformanceTests : IdempotencyStoreConformanceTests",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void EveryImplementation_HoldingStoreWithoutASuite_IsNamed()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => new Coverage([]).EveryImplementation_HasItsSuite());

        Assert.Contains(
            "LostUpdateStore implements IHoldingStore. "
            + "Write: public sealed class LostUpdateStoreHoldingStoreConformanceTests : HoldingStoreConformanceTests",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Suites_OfTheKit_AreAllAskedFor() => Assert.Equal(
        typeof(ConformanceSuite).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: true, IsGenericTypeDefinition: false } && type.IsSubclassOf(typeof(ConformanceSuite)))
            .ToHashSet(),
        ConformanceCoverageTests.Suites.Select(pair => pair.Suite).ToHashSet());

    [Fact]
    public void EveryImplementation_Exempt_NeedsNone()
    {
        var exempt = new Dictionary<Type, string> { [typeof(WrappedOnly)] = "A sample." };

        var failure = Assert.ThrowsAny<XunitException>(() => new Coverage(exempt).EveryImplementation_HasItsSuite());

        Assert.DoesNotContain("WrappedOnly", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exemptions_WithoutAReasonOrForNoImplementation_Fail()
    {
        var without = new Coverage(new() { [typeof(WrappedOnly)] = " " });
        var strange = new Coverage(new() { [typeof(string)] = "A string." });

        Assert.ThrowsAny<XunitException>(without.Exemptions_Always_HaveAReason);
        Assert.ThrowsAny<XunitException>(strange.Exemptions_Always_HaveAReason);
    }

    internal sealed class WrappedOnly : InMemoryProvisioner;

    private sealed class Coverage(Dictionary<Type, string> exempt) : ConformanceCoverageTests
    {
        protected override IReadOnlyList<Assembly> Implementations => [typeof(WrappedOnly).Assembly];

        protected override IReadOnlyDictionary<Type, string> Exempt => exempt;
    }
}
