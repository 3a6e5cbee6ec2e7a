using System.Reflection;
using DomainVerification.ConformanceTests;

namespace DomainVerification.EntityFrameworkCore.Tests.Conformance;

public sealed class EntityFrameworkCoreCoverageTests : ConformanceCoverageTests
{
    protected override IReadOnlyList<Assembly> Implementations => [typeof(DomainVerificationDbContext).Assembly];
}
