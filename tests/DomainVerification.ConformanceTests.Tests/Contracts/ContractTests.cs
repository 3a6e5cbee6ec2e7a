using System.Reflection;
using DomainVerification.ConformanceTests.Samples;
using DomainVerification.ConformanceTests.Tests.BrokenStores;
using Xunit.Abstractions;

namespace DomainVerification.ConformanceTests.Tests.Contracts;

/// <summary>What an author sees of the kit: its messages, its skips, and how little there is to write.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Suites =
    [
        typeof(ClaimStoreConformanceTests),
        typeof(IdempotencyStoreConformanceTests),
        typeof(HoldingStoreConformanceTests),
        typeof(TokenIssuerConformanceTests),
        typeof(ProofCheckerConformanceTests),
        typeof(IdentityProvisionerConformanceTests),
        typeof(ConformanceCoverageTests),
    ];

    [Fact]
    public async Task Fact_Fails_MessageBeginsWithTheContractAndWhereItIs()
    {
        var run = await FactRun.OfAsync(typeof(TruncatingSuite), nameof(ClaimStoreConformanceTests.Instants_OfWholeMilliseconds_AreKept));

        var failed = run.Single<ITestFailed>();
        Assert.StartsWith(
            "The contract says: Instants are kept to the millisecond or finer. (see IClaimStore)\n",
            failed.Messages[0],
            StringComparison.Ordinal);
        Assert.Contains(
            "DomainClaim.DueAt: expected 2026-01-01T00:00:00.0010000Z, found 2026-01-01T00:00:00.0000000Z.",
            failed.Messages[0],
            StringComparison.Ordinal);
        Assert.Equal((1, 1, 0), (run.Summary.Total, run.Summary.Failed, run.Summary.Skipped));
    }

    [Fact]
    public async Task Fact_NeedsALackingCapability_IsSkippedWithTheReason()
    {
        var run = await FactRun.OfAsync(typeof(LackingSuite), nameof(ClaimStoreConformanceTests.Reopened_Store_SaysWhatTheFirstSaid));

        Assert.Equal("InMemoryClaimStore lacks SeveralInstances: It lives in one process.", run.Single<ITestSkipped>().Reason);
        Assert.Equal((1, 0, 1), (run.Summary.Total, run.Summary.Failed, run.Summary.Skipped));
    }

    [Fact]
    public async Task Fact_CapabilityNeitherShownNorLacking_FailsAndSaysWhatToWrite()
    {
        var run = await FactRun.OfAsync(typeof(FiveLines), nameof(ClaimStoreConformanceTests.Reopened_Store_SaysWhatTheFirstSaid));

        Assert.Contains(
            "Override ReopenStoreAsync, or state in Lacks why InMemoryClaimStore lacks SeveralInstances.",
            run.Single<ITestFailed>().Messages[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fact_SuiteCannotRunHere_IsSkippedBeforeAnythingIsMade()
    {
        var run = await FactRun.OfAsync(typeof(NowhereSuite), nameof(ClaimStoreConformanceTests.Find_Unknown_IsNullOrEmpty));

        Assert.Equal("postgres is not installed: apt-get install postgresql", run.Single<ITestSkipped>().Reason);
    }

    [Fact]
    public async Task Fact_Passes_IsReportedAsPassed()
    {
        var run = await FactRun.OfAsync(typeof(FiveLines), nameof(ClaimStoreConformanceTests.Find_Unknown_IsNullOrEmpty));

        Assert.Equal(nameof(ClaimStoreConformanceTests.Find_Unknown_IsNullOrEmpty), run.Single<ITestPassed>().TestMethod.Method.Name);
        Assert.Equal((1, 0, 0), (run.Summary.Total, run.Summary.Failed, run.Summary.Skipped));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void MissingCapability_WithoutAReason_Throws(string? reason) =>
        Assert.ThrowsAny<ArgumentException>(() => new MissingCapability(StoreCapability.SeveralInstances, reason!));

    [Fact]
    public void Suites_OfTheKit_AreAllKnownHere() => Assert.Equal(
        typeof(ConformanceSuite).Assembly.GetTypes()
            .Where(type => type.IsAbstract && SuiteRunner.Facts(type).Count > 0)
            .OrderBy(type => type.Name),
        Suites.OrderBy(type => type.Name));

    [Fact]
    public void Facts_Always_TellTheContractAndWhereItIs()
    {
        var contracts = Suites.SelectMany(SuiteRunner.Facts).Select(fact => fact.GetCustomAttribute<ContractAttribute>()!).ToList();

        Assert.True(contracts.Count > 150, $"{contracts.Count} facts.");
        Assert.All(contracts, contract => Assert.EndsWith(".", contract.Sentence, StringComparison.Ordinal));
        Assert.All(contracts, contract => Assert.False(string.IsNullOrWhiteSpace(contract.Where)));
    }

    [Fact]
    public void ExtremeSamples_Always_SetEveryField()
    {
        Assert.Equal(
            ["ClaimWork.DeadAt"],
            new object[] { ExtremeSample.Claim, ExtremeSample.Event, ExtremeSample.Work, ExtremeSample.Holding }
                .SelectMany(sample => FieldList.Of(sample))
                .Where(field => field.Value is "null" && !field.Key.EndsWith(".Priority", StringComparison.Ordinal))
                .Select(field => field.Key));
    }

    [Fact]
    public void FieldList_RecordsThatDifferInACollection_NamesTheField()
    {
        var claim = ExtremeSample.Claim;
        var other = claim with { SpentTokens = [.. claim.SpentTokens.Reverse()] };

        var failure = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => FieldList.AssertSame(claim, other));

        Assert.Contains(
            "DomainClaim.SpentTokens[0].Generation: expected 2147483646, found 2147483639.",
            failure.Message,
            StringComparison.Ordinal);
        FieldList.AssertSame(claim, claim with { SpentTokens = [.. claim.SpentTokens] });
    }

    private sealed class FiveLines : ClaimStoreConformanceTests
    {
        protected override ValueTask<IClaimStore> CreateStoreAsync() => new(new InMemoryClaimStore());
    }

    private sealed class LackingSuite : ClaimStoreConformanceTests
    {
        protected override IReadOnlyList<MissingCapability> Lacks => [new(StoreCapability.SeveralInstances, "It lives in one process.")];

        protected override ValueTask<IClaimStore> CreateStoreAsync() => new(new InMemoryClaimStore());
    }

    private sealed class TruncatingSuite : ClaimStoreConformanceTests
    {
        protected override ValueTask<IClaimStore> CreateStoreAsync() => new(new TruncatedTimeStore());
    }

    private sealed class NowhereSuite : ClaimStoreConformanceTests
    {
        protected override string? SkipReason => "postgres is not installed: apt-get install postgresql";

        protected override ValueTask<IClaimStore> CreateStoreAsync() => throw new InvalidOperationException("Must not be made.");
    }
}
