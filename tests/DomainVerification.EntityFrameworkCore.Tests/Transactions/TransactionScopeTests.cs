using System.Transactions;
using DomainVerification.EntityFrameworkCore.Tests.Databases;

namespace DomainVerification.EntityFrameworkCore.Tests.Transactions;

/// <summary>An ambient <see cref="TransactionScope"/>.</summary>
public sealed class TransactionScopeTests
{
    [PostgresTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Complete_PostgreSql_DecidesWhetherTheClaimIsWritten(bool complete)
    {
        await using var host = await HostDatabase.CreateAsync(await PostgresStoreDatabase.CreateAsync());
        var ann = await host.VerifiedAsync("ann", "acme.example");
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            var stale = new ClaimCommit { Claims = [ann with { Status = ClaimStatus.Revoked, Version = 9 }] };
            Assert.Equal(ClaimCommitStatus.VersionConflict, await host.Store.CommitAsync(stale, default));
            Assert.Null((await host.Manager.ClaimAsync(ClaimReference.To(ann))).Error);
            if (complete)
            {
                scope.Complete();
            }
        }

        var expected = complete ? ClaimStatus.Claimed : ClaimStatus.Verified;
        Assert.Equal(expected, (await host.Store.FindAsync(ann.Id, default))!.Status);
    }

    [Fact]
    public async Task Commit_Sqlite_IsRefusedAndWritesNothing()
    {
        await using var host = await HostDatabase.CreateAsync(await SqliteStoreDatabase.CreateAsync());
        var ann = await host.VerifiedAsync("ann", "acme.example");
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.Manager.ClaimAsync(ClaimReference.To(ann)));
        }

        Assert.Equal(ClaimStatus.Verified, (await host.Store.FindAsync(ann.Id, default))!.Status);
    }
}
