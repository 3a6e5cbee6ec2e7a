using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string StablePaging = "Paging misses and repeats no claim that exists throughout.";

    /// <summary>Pages of any size give every claim once, in order.</summary>
    [Contract(
        "Claims are listed in the order of their ClaimId; Next is null on the last page.",
        Where = "IClaimStore.ListAsync; ClaimPage")]
    public async Task List_AnyPageSize_GivesEachClaimOnceInOrder()
    {
        await AddClaimsAsync(Enumerable.Range(1, 10).Reverse());

        foreach (var pageSize in (int[])[1, 3, 5, 9, 10, 11, ClaimQuery.MaximumPageSize])
        {
            var found = await AllClaimsAsync(new ClaimQuery { PageSize = pageSize }, _ => Task.CompletedTask);
            Assert.Equal(Enumerable.Range(1, 10).Select(Sample.Id), found);
        }
    }

    /// <summary>The order is that of the identities as text, in every byte of them.</summary>
    [Contract(
        "Claims are listed in the order of their ClaimId: that of Guid.CompareTo, which is that of the text.",
        Where = "IClaimStore.ListAsync; ClaimId")]
    public async Task List_IdentitiesThatDifferInAnyByte_AreInTheOrderOfTheirText()
    {
        var ids = Enumerable.Range(0, 16)
            .SelectMany(place => (byte[])[0x01, 0x7f, 0x80, 0xff], (place, value) =>
            {
                var bytes = Enumerable.Repeat((byte)0x20, 16).ToArray();
                bytes[place] = value;
                return new ClaimId(new Guid(bytes, bigEndian: true));
            })
            .ToList();
        await PutAsync([.. ids.Select((id, number) => Sample.Claim(1, "ann", $"name-{number}.example") with { Id = id })]);

        var found = await AllClaimsAsync(new ClaimQuery { PageSize = 7 }, _ => Task.CompletedTask);

        Assert.Equal(ids.OrderBy(id => id.ToString(), StringComparer.Ordinal), found);
    }

    /// <summary>Writes between the pages disturb nothing that was there.</summary>
    [Contract(StablePaging, Where = "IClaimStore.ListAsync")]
    public async Task List_WritesBetweenPages_MissesAndRepeatsNoneThatExistsThroughout()
    {
        await AddClaimsAsync(Enumerable.Range(1, 20).Select(number => number * 100));
        var added = 1;

        var found = await AllClaimsAsync(new ClaimQuery { PageSize = 3 }, async last =>
        {
            // Before, right after and far behind the place where the next page begins.
            await AddClaimsAsync([added, Sample.NumberOf(last.Value) + 1, 5000 + (3 * added)]);
            added++;
            var seen = (await Store.FindAsync(last, default))!;
            await PutAsync(seen.Next(ClaimStatus.Canceled));
        });

        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(Enumerable.Range(1, 20).Select(number => Sample.Id(number * 100)).Except(found));
    }

    /// <summary>The claim that a page ended with may leave the filter.</summary>
    [Contract(StablePaging, Where = "IClaimStore.ListAsync; ClaimQuery.After")]
    public async Task List_LastClaimOfAPageLeavesTheFilter_ThePageBehindItIsWhole()
    {
        await AddClaimsAsync(Enumerable.Range(1, 6));
        var query = new ClaimQuery { PageSize = 2, Statuses = [ClaimStatus.Pending] };

        var found = await AllClaimsAsync(query, async last =>
        {
            var seen = (await Store.FindAsync(last, default))!;
            await PutAsync(seen.Next(ClaimStatus.Canceled));
        });

        Assert.Equal(Enumerable.Range(1, 6).Select(Sample.Id), found);
    }

    /// <summary>Each filter restricts, and all of them together.</summary>
    [Contract("Conditions that are left out do not restrict; those that are given hold together.", Where = "ClaimQuery")]
    public async Task List_Filters_ApplyAloneAndTogether()
    {
        await PutAsync(
            Sample.Claim(1, "ann", "a.example"),
            Sample.Claim(2, "ann", "b.example"),
            Sample.Claim(3, "bob", "a.example") with { Status = ClaimStatus.Verified },
            Sample.Claim(4, "ann", "a.example") with { Profile = "other" },
            Sample.Claim(5, "cyd", "a.example") with { Status = ClaimStatus.Claimed, Epoch = 1 });
        (ClaimQuery Query, int[] Expected)[] cases =
        [
            (new ClaimQuery(), [1, 2, 3, 4, 5]),
            (new ClaimQuery { Owner = "ann" }, [1, 2, 4]),
            (new ClaimQuery { Profile = string.Empty }, [1, 2, 3, 5]),
            (new ClaimQuery { Profile = "other" }, [4]),
            (new ClaimQuery { Domain = Sample.Name("a.example") }, [1, 3, 4, 5]),
            (new ClaimQuery { Statuses = [ClaimStatus.Verified, ClaimStatus.Claimed] }, [3, 5]),
            (new ClaimQuery { Statuses = [ClaimStatus.Released] }, []),
            (new ClaimQuery { Owner = "ann", Profile = string.Empty, Domain = Sample.Name("a.example") }, [1]),
            (new ClaimQuery { Owner = "cyd", Profile = string.Empty, Statuses = [ClaimStatus.Pending] }, []),
            (new ClaimQuery { Owner = "ann", Statuses = [ClaimStatus.Claimed] }, []),
            (new ClaimQuery { Owner = "nobody" }, []),
            (new ClaimQuery { Owner = "ann", After = Sample.Id(1) }, [2, 4]),
            (new ClaimQuery { After = Sample.Id(5) }, []),
            (new ClaimQuery { After = Sample.Id(9) }, []),
            (new ClaimQuery { Owner = "ann", After = Sample.Id(9) }, []),
            (new ClaimQuery { After = Sample.Id(0) }, [1, 2, 3, 4, 5]),
        ];

        foreach (var (query, expected) in cases)
        {
            var page = await Store.ListAsync(query, default);
            var found = page.Claims.Select(Sample.NumberOf).ToList();
            Assert.True(
                expected.SequenceEqual(found) && page.Next is null,
                $"Expected [{string.Join(", ", expected)}], found [{string.Join(", ", found)}], for:\n{FieldList.Summarize(query)}");
            Assert.Equal(expected.Select(Sample.Id), await AllClaimsAsync(query with { PageSize = 1 }, _ => Task.CompletedTask));
        }
    }

    private async Task AddClaimsAsync(IEnumerable<int> numbers)
    {
        foreach (var number in numbers)
        {
            await PutAsync(Sample.Claim(number, "ann", $"name-{number}.example"));
        }
    }

    private async Task<List<ClaimId>> AllClaimsAsync(ClaimQuery query, Func<ClaimId, Task> between)
    {
        var found = new List<ClaimId>();
        while (true)
        {
            var page = await Store.ListAsync(query, default);
            Assert.True(page.Claims.Count <= query.PageSize, $"A page of {query.PageSize} has {page.Claims.Count} claims.");
            found.AddRange(page.Claims.Select(claim => claim.Id));
            if (page.Next is null)
            {
                return found;
            }

            Assert.Equal(page.Claims[^1].Id, page.Next);
            Assert.True(found.Count < 10_000, "The pages do not end.");
            await between(page.Next.Value);
            query = query with { After = page.Next };
        }
    }
}
