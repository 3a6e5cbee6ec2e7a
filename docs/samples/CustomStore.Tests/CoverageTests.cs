using System.Reflection;
using DomainVerification.ConformanceTests;

namespace CustomStore.Tests;

public sealed class CoverageTests : ConformanceCoverageTests
{
    protected override IReadOnlyList<Assembly> Implementations => [typeof(SqliteClaimStore).Assembly];
}
