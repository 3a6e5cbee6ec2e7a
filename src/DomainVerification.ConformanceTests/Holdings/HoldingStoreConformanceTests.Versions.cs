using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class HoldingStoreConformanceTests
{
    private const string VersionsFollow =
        "A record of version 1 is inserted, one of version n replaces the stored one of version n - 1 and no other.";

    private const string OrdinalKeys = "Names are compared ordinally.";

    /// <summary>A version that does not follow changes nothing.</summary>
    [Contract(VersionsFollow, Where = "IHoldingStore.SaveHoldingRecordAsync; HoldingRecord.Version")]
    public async Task Save_VersionThatDoesNotFollow_ChangesNothing()
    {
        var record = Sample.Holding() with { Version = 2, Data = "stale", DueAt = Sample.Now };
        await AssertRefusedAsync(record);
        await AssertRefusedAsync(record with { Version = long.MaxValue });
        await SaveAsync(Sample.Holding());
        foreach (var version in (long[])[1, 3, 4, long.MaxValue])
        {
            await AssertRefusedAsync(record with { Version = version });
        }

        await SaveAsync(Sample.Holding() with { Version = 2, Data = "second" });
        foreach (var version in (long[])[1, 2, 4])
        {
            await AssertRefusedAsync(record with { Version = version });
        }

        Assert.Empty(await LeaseAsync(Sample.Now));
        await AssertEveryReadGivesAsync(Sample.Holding() with { Version = 2, Data = "second" });
    }

    /// <summary>Of those who save one version, one saves it.</summary>
    [Contract(VersionsFollow + " However many save at the same time.", Where = "IHoldingStore.SaveHoldingRecordAsync")]
    public async Task Save_ManySaversOfOneVersion_OneWins()
    {
        var stores = await InstancesAsync();
        for (var version = 1; version <= Rounds; version++)
        {
            var record = Sample.Holding() with { Version = version, DueAt = Sample.Now };
            var saved = await Concurrent.RunAsync(ParallelCallers, async caller =>
                await stores[caller % stores.Length].SaveHoldingRecordAsync(record with { Data = $"of caller {caller}" }, default));

            Assert.Single(saved, status => status == HoldingSaveStatus.Saved);
            await AssertEveryReadGivesAsync(record with { Data = $"of caller {Array.IndexOf(saved, HoldingSaveStatus.Saved)}" });
        }
    }

    /// <summary>Of those who read one version and save the next, each that is told so has saved.</summary>
    [Contract(VersionsFollow + " No save is lost.", Where = "IHoldingStore.SaveHoldingRecordAsync")]
    public async Task Save_ManyWhoReadAndSave_LoseNoSave()
    {
        var stores = await InstancesAsync();
        await SaveAsync(Sample.Holding());

        var saved = await Concurrent.RunAsync(ParallelCallers, async caller =>
        {
            var store = stores[caller % stores.Length];
            var won = 0;
            for (var i = 0; i < Rounds; i++)
            {
                var stored = (await store.FindHoldingRecordAsync(Sample.Holding().Key, default))!;

                // Lets others read the same version, also where the store never waits.
                await Task.Yield();
                won += await store.SaveHoldingRecordAsync(Next(stored) with { Data = stored.Data + "+" }, default) == HoldingSaveStatus.Saved ? 1 : 0;
            }

            return won;
        });

        var last = (await Store.FindHoldingRecordAsync(Sample.Holding().Key, default))!;
        Assert.Equal(1 + saved.Sum(), last.Version);
        Assert.Equal(Sample.Holding().Data + new string('+', saved.Sum()), last.Data);
    }

    /// <summary>Claim, epoch and provisioner make the key, all three of them.</summary>
    [Contract("There is one record for each (claim, epoch, provisioner).", Where = "IHoldingStore; HoldingKey")]
    public async Task Keys_ThatDifferInOnePart_AreDifferent()
    {
        HoldingRecord[] records =
        [
            Sample.Holding(1) with { Data = "first" },
            Sample.Holding(2) with { Data = "another claim" },
            Sample.Holding(1, epoch: 2) with { Data = "another epoch" },
            Sample.Holding(1, "other") with { Data = "another provisioner" },
        ];
        await SaveAsync(records);
        await SaveAsync(Next(records[0]) with { Data = "changed" });
        records[0] = Next(records[0]) with { Data = "changed" };

        foreach (var record in records)
        {
            await AssertEveryReadGivesAsync(record);
        }
    }

    /// <summary>Names of provisioners are compared to their last bit.</summary>
    [Contract(OrdinalKeys, Where = "IHoldingStore; HoldingKey.Provisioner")]
    public async Task Keys_ProvisionersThatLookAlike_AreDifferent()
    {
        var text = string.Concat(Enumerable.Repeat("\ud83d\ude00", (HoldingKey.MaximumProvisionerLength / 2) - 1));
        string[] names =
        [
            "mail", "MAIL", "mail ", " mail", "m%l", "m_il", "ma\u0131l", "\u00e9", "e\u0301", "\u00df", "ss", "a", "\uff41", "b", "b\u200d",
            text + "aa", text + "ab",
        ];
        for (var number = 0; number < names.Length; number++)
        {
            await SaveAsync(Sample.Holding(1, names[number]) with { Data = $"{number}", DueAt = Sample.Now });
        }

        for (var number = 0; number < names.Length; number++)
        {
            await AssertEveryReadGivesAsync(Sample.Holding(1, names[number]) with { Data = $"{number}", DueAt = Sample.Now });
            var leased = await Store.LeaseDueHoldingRecordsAsync(names[number], Sample.Lease(Sample.Now, 100), default);
            Assert.Equal($"{number}", Assert.Single(leased).Data);
        }
    }
}
