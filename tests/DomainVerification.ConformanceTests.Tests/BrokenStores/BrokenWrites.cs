namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>Writes what it is given over whatever is there: an update without its version.</summary>
internal sealed class LostUpdateStore : WrappedStore
{
    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        var claims = new List<DomainClaim>();
        foreach (var claim in commit.Claims)
        {
            var stored = await Inner.FindAsync(claim.Id, cancellationToken);
            claims.Add(stored is null || claim.Version > stored.Version ? claim : claim with { Version = stored.Version + 1 });
        }

        return await Inner.CommitAsync(commit with { Claims = claims }, cancellationToken);
    }
}

/// <summary>
/// Writes one claim after the other: what was written before a refusal stays, and between the release of a domain and its new holder somebody
/// gets to read.
/// </summary>
internal sealed class NonAtomicStore : WrappedStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource _wasRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isBetweenHolders;

    public override async ValueTask<DomainHolding> FindHoldingAsync(string profile, DomainName domain, CancellationToken cancellationToken)
    {
        var isBetweenHolders = _isBetweenHolders;
        var holding = await Inner.FindHoldingAsync(profile, domain, cancellationToken);
        if (isBetweenHolders || holding.Holder is null)
        {
            _wasRead.TrySetResult();
        }

        return holding;
    }

    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Claims.Count < 2)
        {
            return await Inner.CommitAsync(commit, cancellationToken);
        }

        foreach (var claim in commit.Claims.OrderBy(claim => claim.Status.Holds))
        {
            if (claim.Status.Holds)
            {
                _isBetweenHolders = true;
                await WaitForAReaderAsync(cancellationToken);
            }

            var part = new ClaimCommit { Claims = [claim], Events = [.. commit.Events.Where(entry => entry.ClaimId == claim.Id)] };
            if (await Inner.CommitAsync(part, cancellationToken) is var status and not ClaimCommitStatus.Committed)
            {
                return status;
            }
        }

        return await Inner.CommitAsync(commit with { Claims = [], Events = [] }, cancellationToken);
    }

    private async Task WaitForAReaderAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _wasRead.Task.WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            // All of them may have seen the fault in another way, and gone.
            _wasRead.TrySetResult();
        }
    }
}

/// <summary>Keeps no audit trail of a change of more than one claim: of a takeover, for example.</summary>
internal sealed class ForgottenEventsStore : WrappedStore
{
    public override ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) =>
        Inner.CommitAsync(commit.Claims.Count > 1 ? commit with { Events = [.. commit.Events.Take(1)] } : commit, cancellationToken);
}

/// <summary>Completes requests on its own, beside the commit: a refused commit leaves them completed.</summary>
internal sealed class ForgottenCompletionStore : WrappedStore
{
    public override ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) =>
        Inner.CommitAsync(commit with { Completed = [] }, cancellationToken);
}

/// <summary>Looks at its token no more than a store that was written before tokens were.</summary>
internal sealed class SwallowedCancellationStore : WrappedStore
{
    public override ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) =>
        Inner.CommitAsync(commit, CancellationToken.None);
}

/// <summary>Keeps instants as a column of whole seconds does.</summary>
internal sealed class TruncatedTimeStore : WrappedStore
{
    public override ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken) => Inner.CommitAsync(
        commit with { Claims = [.. commit.Claims.Select(claim => claim with { DueAt = Truncate(claim.DueAt) })] },
        cancellationToken);

    private static DateTimeOffset? Truncate(DateTimeOffset? at) => at?.AddTicks(-(at.Value.Ticks % TimeSpan.TicksPerSecond));
}

/// <summary>Takes new claims of a generation that was used before.</summary>
internal sealed class ReusedGenerationStore : WrappedStore
{
    public override async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        var claims = new List<DomainClaim>();
        foreach (var claim in commit.Claims)
        {
            var newest = await Inner.FindNewestAsync(claim.Profile, claim.Owner, claim.Domain, cancellationToken);
            var generation = Math.Max(claim.Challenge.Generation, claim.Version == 1 ? (newest?.Challenge.Generation ?? 0) + 1 : 0);
            claims.Add(claim with { Challenge = claim.Challenge with { Generation = generation } });
        }

        return await Inner.CommitAsync(commit with { Claims = claims }, cancellationToken);
    }
}
