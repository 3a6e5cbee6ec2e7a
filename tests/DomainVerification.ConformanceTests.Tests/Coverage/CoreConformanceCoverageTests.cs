using System.Reflection;

namespace DomainVerification.ConformanceTests.Tests.Coverage;

/// <summary>Whatever the core implements is held to its contract in this project.</summary>
public sealed class CoreConformanceCoverageTests : ConformanceCoverageTests
{
    protected override IReadOnlyList<Assembly> Implementations => [typeof(InMemoryClaimStore).Assembly];

    protected override IReadOnlyDictionary<Type, string> Exempt => new Dictionary<Type, string>
    {
        [typeof(NullIdentityProvisioner)] = "It makes nothing, by design.",
    };
}
