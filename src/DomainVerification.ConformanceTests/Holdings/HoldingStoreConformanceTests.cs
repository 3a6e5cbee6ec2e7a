using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

/// <summary>
/// The contract of <see cref="IHoldingStore"/>. Derive a class that makes your store, and inherit the facts; each one that fails tells what
/// the contract says, where it says it, and what your store did.
/// </summary>
/// <remarks>
/// Every fact works on a store of its own, which must be empty. No fact stores a claim: a record needs none. See
/// <c>docs/custom-store.md</c>.
/// </remarks>
public abstract partial class HoldingStoreConformanceTests : StoreConformanceSuite<IHoldingStore>
{
    /// <summary>Saves what must be taken, so that a fact stands on firm ground.</summary>
    private async Task SaveAsync(params HoldingRecord[] records)
    {
        foreach (var record in records)
        {
            Assert.True(
                await Store.SaveHoldingRecordAsync(record, default) == HoldingSaveStatus.Saved,
                $"A record that the fact starts from was not saved:\n{FieldList.Summarize(record)}");
        }
    }

    /// <summary>Asserts that a record is not saved, and that no read shows anything of it.</summary>
    private async Task AssertRefusedAsync(HoldingRecord record)
    {
        var before = await SnapshotAsync(record.Key.ClaimId);
        var saved = await Store.SaveHoldingRecordAsync(record, default);
        Assert.True(saved == HoldingSaveStatus.VersionConflict, $"Version {record.Version} was saved. Before there was:\n{before}");
        Assert.Equal(before, await SnapshotAsync(record.Key.ClaimId));
    }

    /// <summary>All that the store says of a claim, as text: equal before and after a call that must change nothing.</summary>
    private async Task<string> SnapshotAsync(ClaimId claimId) =>
        FieldList.Describe(await Store.ListHoldingRecordsAsync(claimId, default));

    private async Task AssertEveryReadGivesAsync(HoldingRecord record)
    {
        FieldList.AssertSame(record, await Store.FindHoldingRecordAsync(record.Key, default));
        FieldList.AssertSame(
            record,
            Assert.Single(await Store.ListHoldingRecordsAsync(record.Key.ClaimId, default), item => item.Key == record.Key));
    }

    private async Task<List<int>> LeaseAsync(DateTimeOffset now, int maximum = 10, string provisioner = "mail") =>
        [.. (await Store.LeaseDueHoldingRecordsAsync(provisioner, Sample.Lease(now, maximum), default)).Select(Sample.NumberOf)];

    private async Task<HoldingRecord> AddDueAsync(int number, DateTimeOffset? dueAt, string provisioner = "mail")
    {
        var record = Sample.Holding(number, provisioner) with { DueAt = dueAt };
        await SaveAsync(record);
        return record;
    }

    private static HoldingRecord Next(HoldingRecord record) => record with { Version = record.Version + 1 };
}
