using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class HoldingStoreConformanceTests
{
    /// <summary>What one instance saved, another one reads, and builds on.</summary>
    [Contract("What was saved is found by every later read, of any instance.", Where = "IHoldingStore")]
    public async Task Reopened_Store_SaysWhatTheFirstSaid()
    {
        Require(StoreCapability.SeveralInstances);
        await SaveAsync(ExtremeSample.Holding, Sample.Holding(1));
        var reopened = await ReopenAsync();

        FieldList.AssertSame(ExtremeSample.Holding, await reopened.FindHoldingRecordAsync(ExtremeSample.Holding.Key, default));
        FieldList.AssertSame(Sample.Holding(1), Assert.Single(await reopened.ListHoldingRecordsAsync(Sample.Id(1), default)));
        Assert.Equal(HoldingSaveStatus.VersionConflict, await reopened.SaveHoldingRecordAsync(Sample.Holding(1), default));
        Assert.Equal(HoldingSaveStatus.Saved, await reopened.SaveHoldingRecordAsync(Next(Sample.Holding(1)), default));
        await AssertRefusedAsync(Next(Sample.Holding(1)));
    }

    /// <summary>Leases hold between instances.</summary>
    [Contract(LeasedOnce, Where = "IHoldingStore.LeaseDueHoldingRecordsAsync")]
    public async Task Reopened_Store_KnowsTheLeasesOfTheFirst()
    {
        Require(StoreCapability.SeveralInstances);
        await AddDueAsync(1, Sample.Now);
        Assert.Equal([1], await LeaseAsync(Sample.Now));
        var reopened = await ReopenAsync();

        Assert.Empty(await reopened.LeaseDueHoldingRecordsAsync("mail", Sample.Lease(Sample.Now), default));
        Assert.Single(await reopened.LeaseDueHoldingRecordsAsync("mail", Sample.Lease(Sample.Now + Sample.Minute), default));
        Assert.Empty(await LeaseAsync(Sample.Now + Sample.Minute));
    }

    /// <summary>A store that was put away says so.</summary>
    [Contract(
        "Calls on a store that was disposed end with an ObjectDisposedException.",
        Where = "StoreCapability.ThrowsAfterDisposal; IDisposable")]
    public async Task EveryCall_AfterDisposal_Throws()
    {
        Require(StoreCapability.ThrowsAfterDisposal);
        if (Store is not (IDisposable or IAsyncDisposable))
        {
            throw new ContractSkippedException($"{Store.GetType().Name} is not disposable.");
        }

        await DisposeOfAsync(Store);
        await DisposeOfAsync(Store);

        await AssertEachThrowsAsync<ObjectDisposedException>(Calls(default));
    }
}
