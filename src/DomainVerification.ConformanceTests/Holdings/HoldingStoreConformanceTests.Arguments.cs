using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class HoldingStoreConformanceTests
{
    private const string Cancellation = "A cancelled token ends a call with OperationCanceledException and leaves nothing half-written.";

    /// <summary>Nothing is no argument.</summary>
    [Contract("Arguments that must not be null throw an ArgumentNullException where they are.", Where = "IHoldingStore")]
    public Task EveryCall_NullArgument_Throws() => AssertEachThrowsAsync<ArgumentNullException>(
        ("SaveHoldingRecordAsync without a record", async () => await Store.SaveHoldingRecordAsync(null!, default)),
        (
            "SaveHoldingRecordAsync without data",
            async () => await Store.SaveHoldingRecordAsync(Sample.Holding() with { Data = null! }, default)),
        (
            "LeaseDueHoldingRecordsAsync without a provisioner",
            async () => await Store.LeaseDueHoldingRecordsAsync(null!, Sample.Lease(Sample.Now), default)),
        ("LeaseDueHoldingRecordsAsync without a request", async () => await Store.LeaseDueHoldingRecordsAsync("mail", null!, default)));

    /// <summary>A record that is not as it must be is refused, and nothing of it is there.</summary>
    [Contract(
        "A record whose version is below 1, whose key names no provisioner, or whose data is too long or no text throws an ArgumentException.",
        Where = "IHoldingStore.SaveHoldingRecordAsync; HoldingRecord.ThrowIfInvalid")]
    public async Task Save_RecordThatNoStoreCanKeep_ThrowsAndChangesNothing()
    {
        await SaveAsync(Sample.Holding());
        var before = await SnapshotAsync(Sample.Id(1));
        var next = Next(Sample.Holding());
        (string Name, HoldingRecord Record)[] records =
        [
            ("version 0", next with { Version = 0 }),
            ("version -1", next with { Version = -1 }),
            ("the lowest version", next with { Version = long.MinValue }),
            ("no provisioner", next with { Key = default }),
            .. Names().Select(name => ($"provisioner {FieldList.Describe(name)}", next with { Key = next.Key with { Provisioner = name } })),
            ("data that is too long", next with { Data = new string('a', HoldingRecord.MaximumDataLength + 1) }),
            ("data with U+0000", next with { Data = "a\0b" }),
            ("data with the first half of a pair", next with { Data = "a\ud83d" }),
            ("data with the second half of a pair", next with { Data = "\ude00a" }),
        ];

        await AssertEachThrowsAsync<ArgumentException>(
        [
            .. records.Select(item => ($"SaveHoldingRecordAsync with {item.Name}", (Func<Task>)(() => SaveAsync(item.Record)))),
        ]);

        Assert.Equal(before, await SnapshotAsync(Sample.Id(1)));
        Assert.Empty(await Store.ListHoldingRecordsAsync(default, default));
    }

    /// <summary>Leases are those of somebody.</summary>
    [Contract(
        "A name that no provisioner can have throws an ArgumentException.",
        Where = "IHoldingStore.LeaseDueHoldingRecordsAsync; HoldingKey.Provisioner")]
    public Task Lease_NoProvisioner_Throws() => AssertEachThrowsAsync<ArgumentException>(
    [
        .. Names().Select(name => (
            $"LeaseDueHoldingRecordsAsync for {FieldList.Describe(name)}",
            (Func<Task>)(async () => await Store.LeaseDueHoldingRecordsAsync(name, Sample.Lease(Sample.Now), default)))),
    ]);

    /// <summary>Every call looks at its token, and does nothing then.</summary>
    [Contract(Cancellation, Where = "IHoldingStore")]
    public async Task EveryCall_CancelledToken_ThrowsAndChangesNothing()
    {
        var record = await AddDueAsync(1, Sample.Now);

        await AssertEachThrowsAsync<OperationCanceledException>(Calls(new CancellationToken(canceled: true)));

        await AssertEveryReadGivesAsync(record);
        Assert.Equal([1], await LeaseAsync(Sample.Now));
    }

    /// <summary>A save that is cancelled under way is there, or it is not.</summary>
    [Contract("A save whose token is cancelled saved the record, or not at all.", Where = "IHoldingStore.SaveHoldingRecordAsync")]
    public async Task Save_CancelledUnderWay_IsWholeOrAbsent()
    {
        for (var round = 0; round < 5 * Rounds; round++)
        {
            var (first, second) = (Sample.Holding(round + 1), Sample.Holding(round + 1) with { Version = 2, Data = "second", DueAt = Sample.Now });
            await SaveAsync(first);
            using var source = new CancellationTokenSource();
            var token = source.Token;
            var spins = round * 20;

            var saved = await Concurrent.RunAsync(2, async caller =>
            {
                if (caller == 1)
                {
                    Thread.SpinWait(spins);
                    await source.CancelAsync();
                    return HoldingSaveStatus.VersionConflict;
                }

                try
                {
                    return await Store.SaveHoldingRecordAsync(second, token);
                }
                catch (OperationCanceledException)
                {
                    return HoldingSaveStatus.VersionConflict;
                }
            });

            var found = await Store.FindHoldingRecordAsync(first.Key, default);
            Assert.True(found!.Version == 2 || saved[0] != HoldingSaveStatus.Saved, "A save was answered as saved, and nothing was written.");
            FieldList.AssertSame(found.Version == 2 ? second : first, found);
            Assert.Equal(found.Version == 2 ? [round + 1] : [], await LeaseAsync(Sample.Now));
        }
    }

    private static IEnumerable<string> Names() =>
        ["", " ", "\t\u3000", "a\0b", "\ud83d", new string('a', HoldingKey.MaximumProvisionerLength + 1)];

    /// <summary>A call of every method of the store.</summary>
    private (string Name, Func<Task> Call)[] Calls(CancellationToken token) =>
    [
        (
            nameof(IHoldingStore.FindHoldingRecordAsync),
            async () => await Store.FindHoldingRecordAsync(Sample.Holding().Key, token)),
        (nameof(IHoldingStore.ListHoldingRecordsAsync), async () => await Store.ListHoldingRecordsAsync(Sample.Id(1), token)),
        (
            nameof(IHoldingStore.LeaseDueHoldingRecordsAsync),
            async () => await Store.LeaseDueHoldingRecordsAsync("mail", Sample.Lease(Sample.Now), token)),
        (
            nameof(IHoldingStore.SaveHoldingRecordAsync),
            async () => await Store.SaveHoldingRecordAsync(Sample.Holding() with { Version = 2, Data = "second" }, token)),
    ];
}
