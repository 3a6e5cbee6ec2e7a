namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>Each store here keeps records of holdings in a way that is broken in one place, and the fact that names the fault must fail.</summary>
public sealed class BrokenHoldingStoreTests
{
    public static TheoryData<Type, string> Faults => new()
    {
        { typeof(LostUpdateHoldingStore), nameof(HoldingStoreConformanceTests.Save_VersionThatDoesNotFollow_ChangesNothing) },
        { typeof(LostUpdateHoldingStore), nameof(HoldingStoreConformanceTests.Save_ManySaversOfOneVersion_OneWins) },
        { typeof(CheckThenSaveHoldingStore), nameof(HoldingStoreConformanceTests.Save_ManySaversOfOneVersion_OneWins) },
        { typeof(CheckThenSaveHoldingStore), nameof(HoldingStoreConformanceTests.Save_ManyWhoReadAndSave_LoseNoSave) },
        { typeof(DoubleLeaseHoldingStore), nameof(HoldingStoreConformanceTests.Lease_ManyWorkers_LeaseEachRecordOnce) },
        { typeof(ForgottenEpochHoldingStore), nameof(HoldingStoreConformanceTests.Keys_ThatDifferInOnePart_AreDifferent) },
        { typeof(TruncatedDataHoldingStore), nameof(HoldingStoreConformanceTests.Save_RecordWithEveryField_IsReadAsItWasWritten) },
        { typeof(LeaseOutlivesSaveHoldingStore), nameof(HoldingStoreConformanceTests.Lease_RecordIsSaved_IsLeasedByItsNewDueAt) },
        { typeof(UncheckedHoldingStore), nameof(HoldingStoreConformanceTests.Save_RecordThatNoStoreCanKeep_ThrowsAndChangesNothing) },
        { typeof(SwallowedCancellationHoldingStore), nameof(HoldingStoreConformanceTests.EveryCall_CancelledToken_ThrowsAndChangesNothing) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task BrokenStore_FactThatNamesItsFault_Fails(Type store, string fact)
    {
        var failure = await SuiteRunner.RunAsync(() => new WrappedHoldingSuite(() => (IHoldingStore)Activator.CreateInstance(store)!), fact);

        Assert.True(failure is Xunit.Sdk.XunitException, $"{store.Name} in {fact} gave: {failure?.ToString() ?? "no failure"}");
    }

    [Theory]
    [InlineData(nameof(HoldingStoreConformanceTests.Reopened_Store_SaysWhatTheFirstSaid))]
    [InlineData(nameof(HoldingStoreConformanceTests.Reopened_Store_KnowsTheLeasesOfTheFirst))]
    [InlineData(nameof(HoldingStoreConformanceTests.EveryCall_AfterDisposal_Throws))]
    public async Task ForgetfulStore_FactThatNamesItsFault_Fails(string fact)
    {
        var failure = await SuiteRunner.RunAsync(() => new ForgetfulSuite(), fact);

        Assert.True(failure is Xunit.Sdk.XunitException, $"{fact} gave: {failure?.ToString() ?? "no failure"}");
    }

    [Fact]
    public async Task WrappedStore_WithNothingBroken_PassesEveryFact()
    {
        var results = await SuiteRunner.RunAsync(() => new WrappedHoldingSuite(() => new WrappedStore()));

        Assert.True(results.Count > 25, $"Only {results.Count} facts were run.");
        Assert.DoesNotContain(results, result => result.Value is not (null or ContractSkippedException));
    }

    /// <summary>Each instance has a medium of its own, and works on after its end.</summary>
    private sealed class ForgetfulStore : WrappedStore, IDisposable
    {
        public void Dispose()
        {
        }
    }

    private sealed class ForgetfulSuite : HoldingStoreConformanceTests
    {
        protected override ValueTask<IHoldingStore> CreateStoreAsync() => new(new ForgetfulStore());

        protected override ValueTask<IHoldingStore?> ReopenStoreAsync(IHoldingStore store) => new(new ForgetfulStore());
    }
}
