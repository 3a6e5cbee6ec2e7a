namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>A kind of transaction. Each of its commits follows on what the one before it wrote.</summary>
internal interface ICommitSource
{
    /// <summary>What must be stored before the first commit.</summary>
    IEnumerable<ClaimCommit> Seed { get; }

    /// <summary>The next commit of a writer. Writers share nothing, and one asks only after its last commit was written.</summary>
    ClaimCommit Next(int writer);
}
