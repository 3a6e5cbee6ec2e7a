namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>Faults that show only where a store has several instances, or an end.</summary>
public sealed class InstanceTests
{
    [Theory]
    [InlineData(nameof(ClaimStoreConformanceTests.Reopened_Store_SaysWhatTheFirstSaid))]
    [InlineData(nameof(ClaimStoreConformanceTests.Reopened_Store_RefusesWhatTheFirstWouldRefuse))]
    [InlineData(nameof(ClaimStoreConformanceTests.Reopened_Store_KnowsTheLeasesOfTheFirst))]
    [InlineData(nameof(ClaimStoreConformanceTests.EveryCall_AfterDisposal_Throws))]
    public async Task ForgetfulStore_FactThatNamesItsFault_Fails(string fact)
    {
        var failure = await SuiteRunner.RunAsync(() => new ForgetfulSuite(), fact);

        Assert.True(failure is Xunit.Sdk.XunitException, $"{fact} gave: {failure?.ToString() ?? "no failure"}");
    }

    /// <summary>Each instance has a medium of its own, and works on after its end.</summary>
    private sealed class ForgetfulStore : WrappedStore, IDisposable
    {
        public void Dispose()
        {
        }
    }

    private sealed class ForgetfulSuite : ClaimStoreConformanceTests
    {
        protected override ValueTask<IClaimStore> CreateStoreAsync() => new(new ForgetfulStore());

        protected override ValueTask<IClaimStore?> ReopenStoreAsync(IClaimStore store) => new(new ForgetfulStore());
    }
}
