using System.Collections.Concurrent;
using DomainVerification.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Work.Internal;

/// <summary>
/// The claims that a sweep has leased and is not through with. When the host stops they are given back, so that whoever starts next, such
/// as the new version of this host, looks at them at once.
/// </summary>
internal sealed class OpenLeases(IClaimStore store, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestGivingBack = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ClaimId, LeasedClaim> _open = [];

    public void Add(IReadOnlyList<DomainClaim> claims, DateTimeOffset until)
    {
        foreach (var claim in claims)
        {
            _open[claim.Id] = new LeasedClaim(claim, until);
        }
    }

    /// <summary>Notes that a claim was dealt with: written, or left to the end of its lease.</summary>
    public void Close(ClaimId id) => _open.TryRemove(id, out _);

    /// <summary>Ends the leases that are open. Where that fails, or takes too long, they run out by themselves. Never throws.</summary>
    public async Task GiveBackAsync()
    {
        // What outlived its lease may be another worker's by now.
        var now = time.GetUtcNow();
        List<DomainClaim> left = [.. _open.Values.Where(leased => now < leased.Until).Select(leased => leased.Claim)];
        if (left.Count == 0)
        {
            return;
        }

        using var limit = new CancellationTokenSource(LongestGivingBack, time);
        try
        {
            // The stop of a host must not hang on a store that ignores its token.
            await GiveBackAsync(left, limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            DomainVerificationDiagnostics.Log.RoundFaulted(logger, exception);
        }
    }

    /// <summary>
    /// A commit that changes a claim ends its lease, and the next version is change enough. A claim that was written after all, or that an
    /// owner changed, is of a later version, which ended its lease already; it costs only the others their common commit.
    /// </summary>
    private async Task GiveBackAsync(List<DomainClaim> part, CancellationToken cancellationToken)
    {
        var same = new ClaimCommit { Claims = [.. part.Select(claim => claim with { Version = claim.Version + 1 })] };
        var status = await store.CommitAsync(same, cancellationToken).ConfigureAwait(false);
        if (status != ClaimCommitStatus.Committed && part.Count > 1)
        {
            var half = part.Count / 2;
            await GiveBackAsync(part[..half], cancellationToken).ConfigureAwait(false);
            await GiveBackAsync(part[half..], cancellationToken).ConfigureAwait(false);
        }
    }
}
