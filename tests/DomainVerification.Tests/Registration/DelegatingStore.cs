namespace DomainVerification.Tests.Registration;

/// <summary>The in-memory store, with places to interfere before a commit and before a claim is read.</summary>
internal class DelegatingStore : WrappedStore
{
    /// <summary>Runs once, before the next commit reaches the store.</summary>
    public Func<Task>? BeforeNextCommit { get; set; }

    /// <summary>Runs once, before the next claim is read by its identity.</summary>
    public Func<Task>? BeforeNextFind { get; set; }

    public override async ValueTask<DomainClaim?> FindAsync(ClaimId id, CancellationToken cancellationToken)
    {
        if (BeforeNextFind is { } interfere)
        {
            BeforeNextFind = null;
            await interfere();
        }

        return await base.FindAsync(id, cancellationToken);
    }

    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        if (BeforeNextCommit is { } interfere)
        {
            BeforeNextCommit = null;
            await interfere();
        }

        return await base.CommitAsync(commit, cancellationToken);
    }
}
