using DomainVerification.Tests.Claims;

namespace DomainVerification.Tests.Registration;

/// <summary>The in-memory store, with a place to interfere before a commit.</summary>
internal class DelegatingStore : WrappedStore
{
    /// <summary>Runs once, before the next commit reaches the store.</summary>
    public Func<Task>? BeforeNextCommit { get; set; }

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
