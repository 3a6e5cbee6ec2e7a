using DomainVerification.EntityFrameworkCore.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.EntityFrameworkCore.Tests;

/// <summary>The whole workflow over a durable store, and a second host that finds what the first one left.</summary>
public sealed class WorkflowTests
{
    [Fact]
    public async Task Workflow_Sqlite_IsFoundByAnotherHost()
    {
        await using var database = await SqliteStoreDatabase.CreateAsync();
        await RunAsync(database);
    }

    [PostgresFact]
    public async Task Workflow_PostgreSql_IsFoundByAnotherHost()
    {
        await using var database = await PostgresStoreDatabase.CreateAsync();
        await RunAsync(database);
    }

    private static async Task RunAsync(StoreDatabase database)
    {
        var manager = database.CreateHost(AlwaysProved.Use).GetRequiredService<IDomainClaimManager>();
        var ann = (await manager.RequestAsync(new ClaimRequest("ann", "acme.example"))).RequireClaim();
        var bob = (await manager.RequestAsync(new ClaimRequest("bob", "acme.example"))).RequireClaim();
        await manager.ConfirmAsync(ClaimReference.To(ann));

        var taken = (await manager.ConfirmAsync(ClaimReference.To(bob))).RequireClaim();

        Assert.Equal((ClaimStatus.Claimed, 2L), (taken.Status, taken.Epoch));
        var other = database.CreateHost().GetRequiredService<IDomainClaimManager>();
        Assert.Equal(ClaimStatus.Released, (await other.GetAsync(ClaimReference.To(ann))).RequireClaim().Status);
        Assert.Equal(
            [ClaimEventTypes.Requested, ClaimEventTypes.Verified, ClaimEventTypes.Claimed],
            (await other.ListEventsAsync(ClaimReference.To(bob))).Select(entry => entry.Type));
    }
}
