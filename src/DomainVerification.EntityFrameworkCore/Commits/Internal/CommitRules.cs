namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>What a commit says by itself, without a look at the database.</summary>
internal static class CommitRules
{
    /// <summary>Why a commit can never be written; <see langword="null"/> where the database decides.</summary>
    public static Refusal? Refuse(ClaimCommit commit)
    {
        if (HasDuplicates(commit.Work, work => work.Id))
        {
            return Refusal.KnownWork;
        }

        if (commit.Settled.Any(item => item is { RetryAt: not null, DeadAt: not null }))
        {
            return Refusal.TwoEnds;
        }

        var newClaims = commit.Claims.Where(claim => claim.Version == 1);
        if (HasDuplicates(commit.Claims, claim => claim.Id)
            || HasDuplicates(newClaims, claim => (claim.Profile, claim.Owner, claim.Domain))
            || HasDuplicates(commit.Settled.Select(item => item.Id).Concat(commit.Replayed.Select(item => item.Id)), id => id))
        {
            return Refusal.VersionConflict;
        }

        var holders = commit.Claims.Where(claim => claim.Status.Holds).GroupBy(claim => (claim.Profile, claim.Domain));
        return holders.Any(group => group.Skip(1).Any() && group.Any(claim => claim.Exclusivity == DomainExclusivity.OneHolder))
            ? Refusal.AlreadyHeld
            : null;
    }

    /// <summary>
    /// Whether the commit only moves one claim that stays live and does not hold. The claim's own version is then all that has to be
    /// compared: nothing else about the domain changes.
    /// </summary>
    public static bool IsSingleMove(ClaimCommit commit) =>
        commit.Claims is [{ Version: > 1, Status: { IsLive: true, Holds: false } }] or [];

    private static bool HasDuplicates<TItem, TKey>(IEnumerable<TItem> items, Func<TItem, TKey> key)
    {
        var seen = new HashSet<TKey>();
        return items.Any(item => !seen.Add(key(item)));
    }
}
