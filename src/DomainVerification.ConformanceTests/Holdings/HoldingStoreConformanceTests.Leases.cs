using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class HoldingStoreConformanceTests
{
    private const string LongestWaitingFirst =
        "The longest waiting is leased first: waiting since it is due or, where a lease ran out unused, since then.";

    private const string LeasedOnce = "However many workers lease at the same time, each record goes to one of them, and every one is served.";

    /// <summary>What is due is leased, the longest due first, up to the maximum.</summary>
    [Contract(LongestWaitingFirst, Where = "IHoldingStore.LeaseDueHoldingRecordsAsync; LeaseRequest")]
    public async Task Lease_LongestDueFirst_UpToTheMaximum()
    {
        await AddDueAsync(1, Sample.Now);
        await AddDueAsync(2, Sample.Now - Sample.Minute);
        await AddDueAsync(3, Sample.Now - TimeSpan.FromHours(1));
        await AddDueAsync(4, Sample.Now + Sample.Millisecond);
        await AddDueAsync(5, null);

        Assert.Equal([3, 2], await LeaseAsync(Sample.Now, 2));
        Assert.Equal([1], await LeaseAsync(Sample.Now, 2));
        Assert.Empty(await LeaseAsync(Sample.Now, 2));
        Assert.Equal([4], await LeaseAsync(Sample.Now + Sample.Millisecond, 2));
    }

    /// <summary>A provisioner gets its own records, however long those of others wait.</summary>
    [Contract("Records of the named provisioner are leased, and no others.", Where = "IHoldingStore.LeaseDueHoldingRecordsAsync")]
    public async Task Lease_RecordsOfOtherProvisioners_AreLeftAlone()
    {
        for (var number = 1; number <= 5; number++)
        {
            await AddDueAsync(number, Sample.Now - TimeSpan.FromDays(1), "other");
        }

        await AddDueAsync(9, Sample.Now);

        Assert.Equal([9], await LeaseAsync(Sample.Now, 3));
        Assert.Empty(await LeaseAsync(Sample.Now, 3));
        Assert.Equal([1, 2, 3, 4, 5], (await LeaseAsync(Sample.Now, 10, "other")).Order());
    }

    /// <summary>A lease that ran out frees the record.</summary>
    [Contract(
        "A leased record is not leased again until the lease runs out; leases that ended by Now are void.",
        Where = "IHoldingStore.LeaseDueHoldingRecordsAsync; LeaseRequest.Now")]
    public async Task Lease_Ends_IsLeasedAgain()
    {
        await AddDueAsync(1, Sample.Now);
        for (var now = Sample.Now; now < Sample.Now + (3 * Sample.Minute); now += Sample.Minute)
        {
            Assert.Equal([1], await LeaseAsync(now));
            Assert.Empty(await LeaseAsync(now + Sample.Minute - Sample.Millisecond));
        }
    }

    /// <summary>A lease is no change of the record.</summary>
    [Contract("A lease leaves the record as it is: its version, its DueAt, all of it.", Where = "IHoldingStore; HoldingRecord.Version")]
    public async Task Lease_Leased_RecordIsAsItWas()
    {
        var record = await AddDueAsync(1, Sample.Now);

        var leased = await Store.LeaseDueHoldingRecordsAsync("mail", Sample.Lease(Sample.Now), default);

        FieldList.AssertSame(record, Assert.Single(leased));
        await AssertEveryReadGivesAsync(record);
        await SaveAsync(Next(record));
    }

    /// <summary>A save ends the lease, and the new DueAt counts.</summary>
    [Contract("A leased record is not leased again until it is saved; then its new DueAt counts.", Where = "IHoldingStore; HoldingRecord.DueAt")]
    public async Task Lease_RecordIsSaved_IsLeasedByItsNewDueAt()
    {
        var record = await AddDueAsync(1, Sample.Now);
        await LeaseAsync(Sample.Now);
        await SaveAsync(record = Next(record));
        Assert.Equal([1], await LeaseAsync(Sample.Now));

        await SaveAsync(record = Next(record) with { DueAt = Sample.Now + TimeSpan.FromSeconds(10) });
        Assert.Empty(await LeaseAsync(Sample.Now));
        Assert.Equal([1], await LeaseAsync(Sample.Now + TimeSpan.FromSeconds(10)));

        await SaveAsync(record = Next(record) with { DueAt = null });
        Assert.Empty(await LeaseAsync(Sample.Now + TimeSpan.FromDays(1000)));

        await SaveAsync(Next(record) with { DueAt = Sample.Now - Sample.Minute });
        Assert.Equal([1], await LeaseAsync(Sample.Now));
    }

    /// <summary>A save that came too late ends no lease.</summary>
    [Contract("A save that is refused changes nothing, and no lease.", Where = "IHoldingStore.SaveHoldingRecordAsync")]
    public async Task Lease_RefusedSave_EndsNoLease()
    {
        var record = await AddDueAsync(1, Sample.Now);
        await LeaseAsync(Sample.Now);

        await AssertRefusedAsync(record);
        await AssertRefusedAsync(record with { Version = 3 });

        Assert.Empty(await LeaseAsync(Sample.Now));
    }

    /// <summary>A record that is leased and never saved does not keep the others from their turn.</summary>
    [Contract(LongestWaitingFirst, Where = "IHoldingStore.LeaseDueHoldingRecordsAsync")]
    public async Task Lease_UnusedLease_GoesToTheBack()
    {
        await AddDueAsync(1, Sample.Now - (3 * Sample.Minute));
        await AddDueAsync(2, Sample.Now - (2 * Sample.Minute));
        await AddDueAsync(3, Sample.Now - Sample.Minute);
        var served = new List<int>();
        for (var now = Sample.Now; now < Sample.Now + (6 * Sample.Minute); now += Sample.Minute)
        {
            served.AddRange(await LeaseAsync(now, 1));
        }

        Assert.Equal([1, 2, 3, 1, 2, 3], served);
    }

    /// <summary>A due record goes to one of those who lease at the same time.</summary>
    [Contract(LeasedOnce, Where = "IHoldingStore.LeaseDueHoldingRecordsAsync")]
    public async Task Lease_ManyWorkers_LeaseEachRecordOnce()
    {
        var stores = await InstancesAsync();
        var count = 10 * ParallelCallers;
        foreach (var number in Enumerable.Range(1, count))
        {
            await AddDueAsync(number, Sample.Now);
        }

        var leased = await Concurrent.RunAsync(ParallelCallers, async caller =>
        {
            var mine = new List<int>();
            while (await LeaseOnAsync(stores[caller % stores.Length]) is { Count: > 0 } batch)
            {
                mine.AddRange(batch.Select(Sample.NumberOf));
            }

            return mine;
        });

        var all = leased.SelectMany(mine => mine).Concat(await LeaseAsync(Sample.Now, count)).Order();
        Assert.Equal(Enumerable.Range(1, count), all);

        static async Task<IReadOnlyList<HoldingRecord>> LeaseOnAsync(IHoldingStore store) =>
            await store.LeaseDueHoldingRecordsAsync("mail", Sample.Lease(Sample.Now, 3), default);
    }
}
