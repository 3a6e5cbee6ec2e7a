using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    /// <summary>Nothing is no argument.</summary>
    [Contract("Arguments that must not be null throw an ArgumentNullException where they are.", Where = "IClaimStore")]
    public async Task EveryCall_NullArgument_Throws()
    {
        (string Name, Func<Task> Call)[] calls =
        [
            ("FindNewestAsync without a profile", async () => await Store.FindNewestAsync(null!, "ann", Sample.Name(), default)),
            ("FindNewestAsync without an owner", async () => await Store.FindNewestAsync(string.Empty, null!, Sample.Name(), default)),
            ("FindNewestAsync without a domain", async () => await Store.FindNewestAsync(string.Empty, "ann", null!, default)),
            ("FindHoldingAsync without a profile", async () => await Store.FindHoldingAsync(null!, Sample.Name(), default)),
            ("FindHoldingAsync without a domain", async () => await Store.FindHoldingAsync(string.Empty, null!, default)),
            ("ListAsync without a query", async () => await Store.ListAsync(null!, default)),
            ("LeaseDueClaimsAsync without a request", async () => await Store.LeaseDueClaimsAsync(null!, default)),
            ("LeaseWorkAsync without a request", async () => await Store.LeaseWorkAsync(null!, default)),
            ("ListWorkAsync without a query", async () => await Store.ListWorkAsync(null!, default)),
            ("CommitAsync without a commit", async () => await Store.CommitAsync(null!, default)),
        ];

        await AssertEachThrowsAsync<ArgumentNullException>(calls);
    }

    /// <summary>Pages have a size.</summary>
    [Contract(
        "A page has from 1 to MaximumPageSize items; any other size throws an ArgumentOutOfRangeException.",
        Where = "ClaimQuery.PageSize; WorkQuery.PageSize")]
    public Task List_PageSizeOutOfRange_Throws() => AssertEachThrowsAsync<ArgumentOutOfRangeException>(
    [
        .. ((int[])[int.MinValue, -1, 0, ClaimQuery.MaximumPageSize + 1]).SelectMany(size => ((string, Func<Task>)[])
        [
            ($"ListAsync with a page of {size}", async () => await Store.ListAsync(new ClaimQuery { PageSize = size }, default)),
            ($"ListWorkAsync with a page of {size}", async () => await Store.ListWorkAsync(new WorkQuery { PageSize = size }, default)),
        ]),
    ]);
}
