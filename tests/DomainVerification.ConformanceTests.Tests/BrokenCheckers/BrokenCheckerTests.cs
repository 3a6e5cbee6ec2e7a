using DomainVerification.ConformanceTests.Tests.BrokenStores;
using DomainVerification.ConformanceTests.Tests.Conformance;

namespace DomainVerification.ConformanceTests.Tests.BrokenCheckers;

/// <summary>Each checker here is broken in one place, and the fact that names the fault must fail.</summary>
public sealed class BrokenCheckerTests
{
    public static TheoryData<Type, string> Faults => new()
    {
        { typeof(OutOfOrderChecker), nameof(ProofCheckerConformanceTests.CheckAll_Many_AreInTheOrderOfTheRequests) },
        { typeof(OutOfOrderChecker), nameof(ProofCheckerConformanceTests.CheckAll_Many_SayWhatSingleChecksSay) },
        { typeof(ForgottenRequestsChecker), nameof(ProofCheckerConformanceTests.CheckAll_Many_AreInTheOrderOfTheRequests) },
        { typeof(ForgottenRequestsChecker), nameof(ProofCheckerConformanceTests.CheckAll_Many_SayWhatSingleChecksSay) },
        { typeof(ForgottenRequestsChecker), nameof(ProofCheckerConformanceTests.CheckAll_Unreachable_AreInconclusive) },
        { typeof(TerseChecker), nameof(ProofCheckerConformanceTests.CheckAll_Many_SayWhatSingleChecksSay) },
        { typeof(LenientChecker), nameof(ProofCheckerConformanceTests.CheckAll_BadArguments_AreRefused) },
        { typeof(UncancellableBatchChecker), nameof(ProofCheckerConformanceTests.CheckAll_CancelledToken_ThrowsOperationCanceled) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task BrokenChecker_FactThatNamesItsFault_Fails(Type checker, string fact)
    {
        var failure = await RunAsync(checker, fact);

        Assert.True(failure is Xunit.Sdk.XunitException, $"{checker.Name} in {fact} gave: {failure?.ToString() ?? "no failure"}");
    }

    [Theory]
    [InlineData(typeof(ThrowingBatchChecker), nameof(ProofCheckerConformanceTests.CheckAll_Unreachable_AreInconclusive))]
    [InlineData(typeof(NeverEmptyChecker), nameof(ProofCheckerConformanceTests.CheckAll_None_GiveNoReports))]
    public async Task CheckerThatThrows_FactThatAsksForAnAnswer_FailsWithItsException(Type checker, string fact) =>
        Assert.Equal("A fault of the checker.", Assert.IsType<InvalidOperationException>(await RunAsync(checker, fact)).Message);

    [Fact]
    public async Task WrappedChecker_WithNothingBroken_PassesEveryFact()
    {
        var results = await SuiteRunner.RunAsync(() => new WrappedCheckerSuite(inner => new WrappedChecker(inner)));

        Assert.True(results.Count > 12, $"Only {results.Count} facts were run.");
        Assert.DoesNotContain(results, result => result.Value is not null);
    }

    private static Task<Exception?> RunAsync(Type checker, string fact) =>
        SuiteRunner.RunAsync(() => new WrappedCheckerSuite(inner => (IProofChecker)Activator.CreateInstance(checker, inner)!), fact);

    /// <summary>The suite over a checker of a test's choice. Run by <see cref="SuiteRunner"/>, so xunit must not find it.</summary>
    private sealed class WrappedCheckerSuite(Func<IProofChecker, IProofChecker> wrap) : DnsProofCheckerConformanceTests
    {
        protected override async ValueTask<IProofChecker> CreateCheckerAsync() => wrap(await base.CreateCheckerAsync());
    }
}
