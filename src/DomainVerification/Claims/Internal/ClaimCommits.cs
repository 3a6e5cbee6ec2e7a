using DomainVerification.Diagnostics;
using DomainVerification.Notices.Internal;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Claims.Internal;

/// <summary>Puts decisions of the lifecycle together into one commit, with what has to be told of them, and writes it.</summary>
internal sealed class ClaimCommits(EventHandlerRegistry handlers, IClaimStore store, IClaimSignals signals, ILogger<ClaimCommits> logger)
{
    /// <summary>Writes a commit and, where it was written, wakes whoever watches its claims.</summary>
    public async ValueTask<bool> TryWriteAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        if (await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) != ClaimCommitStatus.Committed)
        {
            return false;
        }

        if (commit.Claims.Count > 0)
        {
            Raise([.. commit.Claims.Select(claim => claim.Id)]);
        }

        return true;
    }

    /// <summary>A commit of decisions that were not refused, in their order.</summary>
    public ClaimCommit Of(params IReadOnlyList<LifecycleResult> decided)
    {
        var events = decided.Select(item => item.Event).OfType<ClaimEvent>().ToList();
        return new ClaimCommit
        {
            Claims = [.. decided.Select(item => item.Claim!)],
            Events = events,
            Work =
            [
                .. decided.SelectMany(item => item.Work),
                .. events.SelectMany(told => handlers.Names.Select(name => Notice.Of(told, name))),
            ],
        };
    }

    private void Raise(IReadOnlyList<ClaimId> claims)
    {
        try
        {
            signals.Raise(claims);
        }
        catch (Exception exception)
        {
            // The commit stands, and its caller must be told so. Who watches looks again by itself.
            DomainVerificationDiagnostics.Log.SignalsFaulted(logger, exception, claims[0]);
        }
    }
}
