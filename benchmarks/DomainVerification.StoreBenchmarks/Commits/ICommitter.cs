namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>A way to write a commit.</summary>
internal interface ICommitter : IAsyncDisposable
{
    /// <summary>Writes a commit of a writer, and throws where it is not written.</summary>
    Task CommitAsync(int writer, ClaimCommit commit);
}
