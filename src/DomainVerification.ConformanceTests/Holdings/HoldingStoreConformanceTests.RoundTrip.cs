using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class HoldingStoreConformanceTests
{
    private const string IsKept = "What was saved is found by every later read, as it was saved.";

    /// <summary>Every field is kept, to its longest.</summary>
    [Contract(IsKept, Where = "IHoldingStore; HoldingRecord")]
    public async Task Save_RecordWithEveryField_IsReadAsItWasWritten()
    {
        var record = ExtremeSample.Holding;
        await SaveAsync(record);

        await AssertEveryReadGivesAsync(record);
        var lease = new LeaseRequest(record.DueAt!.Value, Sample.Minute, 1);
        FieldList.AssertSame(record, Assert.Single(await Store.LeaseDueHoldingRecordsAsync(record.Key.Provisioner, lease, default)));
    }

    /// <summary>What is absent stays absent, and what is empty stays empty.</summary>
    [Contract(IsKept, Where = "IHoldingStore; HoldingRecord")]
    public async Task Save_RecordWithoutOptionalFields_IsReadAsItWasWritten()
    {
        var record = Sample.Holding() with { Data = string.Empty };
        await SaveAsync(record);

        await AssertEveryReadGivesAsync(record);
    }

    /// <summary>The data is text and nothing else, whatever it looks like.</summary>
    [Contract("The record's data is the provisioner's own; the store never looks into it.", Where = "IHoldingStore; HoldingRecord.Data")]
    public async Task Save_DataOfAnyForm_IsReadAsItWasWritten()
    {
        string[] texts =
        [
            " ", "\t data \r\n", "null", "{\"a\": 1, \"a\": 2}", "{not json", "<x>&amp;</x>", "'; DROP TABLE holdings; --", "{0} $1 %s",
            "\u0001\u001f\u007f\ufeff", "e\u0301 \u00e9", "\ud83d\ude00", "\uffff",
        ];
        for (var number = 1; number <= texts.Length; number++)
        {
            var record = Sample.Holding(number) with { Data = texts[number - 1] };
            await SaveAsync(record);
            await AssertEveryReadGivesAsync(record);
        }
    }

    /// <summary>A save replaces every field.</summary>
    [Contract("A record of version n replaces the stored one of version n - 1, all of it.", Where = "IHoldingStore.SaveHoldingRecordAsync")]
    public async Task Save_NextVersion_ReplacesEveryField()
    {
        var rich = ExtremeSample.Holding;
        var bare = Sample.Holding() with { Key = rich.Key, Version = 2 };
        await SaveAsync(rich, bare);
        await AssertEveryReadGivesAsync(bare);

        await SaveAsync(rich with { Version = 3 });

        await AssertEveryReadGivesAsync(rich with { Version = 3 });
    }

    /// <summary>Reads of what was never written find nothing.</summary>
    [Contract("What is not there is null or empty, never an exception.", Where = "IHoldingStore")]
    public async Task Find_Unknown_IsNullOrEmpty()
    {
        Assert.Null(await Store.FindHoldingRecordAsync(Sample.Holding().Key, default));
        Assert.Null(await Store.FindHoldingRecordAsync(default, default));
        Assert.Empty(await Store.ListHoldingRecordsAsync(Sample.Id(1), default));
        Assert.Empty(await LeaseAsync(Sample.Now));
    }

    /// <summary>Milliseconds are kept, and an instant is an instant in whatever offset it is written.</summary>
    [Contract("Instants are kept to the millisecond or finer.", Where = "IHoldingStore")]
    public async Task Instants_OfMillisecondsAndWithAnOffset_AreKeptAndOrdered()
    {
        foreach (var number in (int[])[3, 1, 2, 999])
        {
            var dueAt = (Sample.Now + (number * Sample.Millisecond)).ToOffset(TimeSpan.FromHours(number % 3));
            await AssertEveryReadGivesAsync(await AddDueAsync(number, dueAt));
        }

        Assert.Empty(await LeaseAsync(Sample.Now));
        Assert.Equal([1, 2], await LeaseAsync((Sample.Now + (2 * Sample.Millisecond)).ToOffset(TimeSpan.FromHours(-5))));
        Assert.Equal([3], await LeaseAsync(Sample.Now + (998 * Sample.Millisecond)));
        Assert.Equal([999], await LeaseAsync(Sample.Now + (999 * Sample.Millisecond)));
    }

    /// <summary>The records of a claim come in the order of its holdings.</summary>
    [Contract(
        "The records of a claim are listed by epoch and then by provisioner.",
        Where = "IHoldingStore.ListHoldingRecordsAsync")]
    public async Task List_RecordsOfAClaim_AreByEpochThenByProvisioner()
    {
        HoldingRecord[] records =
        [
            Sample.Holding(1, "Mail", 2),
            Sample.Holding(1, "a", 2),
            Sample.Holding(1, "mail", 2),
            Sample.Holding(1, "mail-2", 2),
            Sample.Holding(1, "a", 9),
            Sample.Holding(1, "a", 10),
            Sample.Holding(1, "a", (1L << 53) + 1),
        ];
        await SaveAsync([.. records.Reverse(), Sample.Holding(2, "a", 2)]);

        FieldList.AssertSame(records, (await Store.ListHoldingRecordsAsync(Sample.Id(1), default)).ToArray());
    }
}
