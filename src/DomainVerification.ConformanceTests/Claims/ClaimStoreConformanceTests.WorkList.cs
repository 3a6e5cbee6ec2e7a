using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string StableWorkPaging = "Paging misses and repeats no work that is there throughout.";

    /// <summary>Work is listed by its creation, then by its identity.</summary>
    [Contract(
        "Work is listed in the order of CreatedAt and Id; Next is null on the last page.",
        Where = "IClaimStore.ListWorkAsync; WorkPage")]
    public async Task ListWork_AnyPageSize_GivesEachOnceInOrder()
    {
        var work = Enumerable.Range(1, 10)
            .Select(number => Sample.Work(number, $"name-{number % 4}.example") with
            {
                CreatedAt = Sample.Now - ((number % 3) * Sample.Millisecond),
            })
            .ToArray();
        await EnqueueAsync(work);
        var expected = work.OrderBy(item => item.CreatedAt).ThenBy(item => item.Id).Select(Sample.NumberOf).ToList();

        foreach (var pageSize in (int[])[1, 3, 5, 9, 10, 11, WorkQuery.MaximumPageSize])
        {
            Assert.Equal(expected, await AllWorkAsync(new WorkQuery { PageSize = pageSize }, _ => Task.CompletedTask));
        }
    }

    /// <summary>The order is that of the identities as text, in every byte of them.</summary>
    [Contract(
        "Work is listed in the order of CreatedAt and Id: that of Guid.CompareTo, which is that of the text.",
        Where = "IClaimStore.ListWorkAsync")]
    public async Task ListWork_IdentitiesThatDifferInAnyByte_AreInTheOrderOfTheirText()
    {
        var ids = Enumerable.Range(0, 16)
            .SelectMany(place => (byte[])[0x01, 0x7f, 0x80, 0xff], (place, value) =>
            {
                var bytes = Enumerable.Repeat((byte)0x20, 16).ToArray();
                bytes[place] = value;
                return new Guid(bytes, bigEndian: true);
            })
            .ToList();
        await EnqueueAsync([.. ids.Select(id => Sample.Work(1) with { Id = id })]);

        var found = new List<Guid>();
        WorkCursor? after = null;
        do
        {
            var page = await Store.ListWorkAsync(new WorkQuery { PageSize = 7, After = after }, default);
            found.AddRange(page.Work.Select(item => item.Id));
            after = page.Next;
        }
        while (after is not null && found.Count < 1000);

        Assert.Equal(ids.OrderBy(id => id.ToString(), StringComparer.Ordinal), found);
    }

    /// <summary>Work that is added and settled between the pages disturbs nothing else.</summary>
    [Contract(StableWorkPaging, Where = "IClaimStore.ListWorkAsync")]
    public async Task ListWork_WritesBetweenPages_MissesAndRepeatsNoneThatIsThereThroughout()
    {
        await EnqueueAsync([.. Enumerable.Range(1, 20).Select(number => Sample.Work(number * 100, $"name-{number}.example"))]);
        var added = 1;

        var found = await AllWorkAsync(new WorkQuery { PageSize = 3 }, async last =>
        {
            await EnqueueAsync(Sample.Work(added, $"before-{added}.example"), Sample.Work(added + 5000, $"behind-{added}.example"));
            added++;

            // Its place stays a place when the work itself is gone.
            await SettleAsync(new SettledWork(last));
        });

        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(Enumerable.Range(1, 20).Select(number => number * 100).Except(found));
    }

    /// <summary>Each filter restricts, and all of them together.</summary>
    [Contract("Conditions that are left out do not restrict; those that are given hold together.", Where = "WorkQuery")]
    public async Task ListWork_Filters_ApplyAloneAndTogether()
    {
        await EnqueueAsync(
            Sample.Work(1, "a.example"),
            Sample.Work(2, "a.example"),
            Sample.Work(3, "b.example"),
            Sample.Work(4, "a.example") with { Profile = "other" },
            Sample.Work(5, "c.example"));
        await SettleAsync(new SettledWork(Sample.WorkId(1), DeadAt: Sample.Now), new SettledWork(Sample.WorkId(4), DeadAt: Sample.Now));
        await Store.LeaseWorkAsync(Sample.Lease(Sample.Now, 1), default);
        (WorkQuery Query, int[] Expected)[] cases =
        [
            (new WorkQuery(), [1, 2, 3, 4, 5]),
            (new WorkQuery { IsDead = true }, [1, 4]),
            (new WorkQuery { IsDead = false }, [2, 3, 5]),
            (new WorkQuery { Profile = string.Empty }, [1, 2, 3, 5]),
            (new WorkQuery { Profile = "other" }, [4]),
            (new WorkQuery { Domain = Sample.Name("a.example") }, [1, 2, 4]),
            (new WorkQuery { Domain = Sample.Name("a.example"), Profile = string.Empty, IsDead = true }, [1]),
            (new WorkQuery { Domain = Sample.Name("b.example"), IsDead = true }, []),
            (new WorkQuery { After = new WorkCursor(Sample.Now, Sample.WorkId(3)) }, [4, 5]),
            (new WorkQuery { After = new WorkCursor(Sample.Now - Sample.Millisecond, Sample.WorkId(9)) }, [1, 2, 3, 4, 5]),
        ];

        foreach (var (query, expected) in cases)
        {
            var page = await Store.ListWorkAsync(query, default);
            var found = page.Work.Select(Sample.NumberOf).ToList();
            Assert.True(
                expected.SequenceEqual(found) && page.Next is null,
                $"Expected [{string.Join(", ", expected)}], found [{string.Join(", ", found)}], for:\n{FieldList.Summarize(query)}");
            Assert.Equal(expected, await AllWorkAsync(query with { PageSize = 1 }, _ => Task.CompletedTask));
        }
    }

    /// <summary>Leased work is still in the outbox.</summary>
    [Contract(
        "Work of the outbox is found while it waits, while it is leased and when it is a dead letter.",
        Where = "IClaimStore.FindWorkAsync")]
    public async Task FindWork_LeasedWork_IsFoundAsItIs()
    {
        await EnqueueAsync(Sample.Work(1));
        await LeaseWorkAsync(Sample.Now);

        FieldList.AssertSame(Sample.Work(1), await Store.FindWorkAsync(Sample.WorkId(1), default));
        FieldList.AssertSame(Sample.Work(1), Assert.Single((await Store.ListWorkAsync(new WorkQuery { IsDead = false }, default)).Work));
    }

    private async Task<List<int>> AllWorkAsync(WorkQuery query, Func<Guid, Task> between)
    {
        var found = new List<int>();
        while (true)
        {
            var page = await Store.ListWorkAsync(query, default);
            Assert.True(page.Work.Count <= query.PageSize, $"A page of {query.PageSize} has {page.Work.Count} items.");
            found.AddRange(page.Work.Select(Sample.NumberOf));
            if (page.Next is not { } next)
            {
                return found;
            }

            Assert.Equal((page.Work[^1].CreatedAt, page.Work[^1].Id), (next.CreatedAt, next.Id));
            Assert.True(found.Count < 10_000, "The pages do not end.");
            await between(next.Id);
            query = query with { After = next };
        }
    }
}
