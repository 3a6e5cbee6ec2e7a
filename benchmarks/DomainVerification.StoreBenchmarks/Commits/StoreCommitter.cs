using DomainVerification.StoreBenchmarks.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>The store, as the manager calls it.</summary>
internal sealed class StoreCommitter(BenchmarkDatabase database) : ICommitter
{
    private readonly IClaimStore _store = database.CreateHost().GetRequiredService<IClaimStore>();

    public async Task CommitAsync(int writer, ClaimCommit commit)
    {
        var status = await _store.CommitAsync(commit, CancellationToken.None);
        if (status != ClaimCommitStatus.Committed)
        {
            throw new InvalidOperationException($"The store answered {status}.");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
