using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>
/// The quick plan of a commit that only moves many claims, as a sweep of the worker does: a few statements for all of them, each with a row
/// for each claim. It writes what is true without a look at anything else; where that does not suffice it writes nothing, and
/// <see cref="CommitPlan"/> decides.
/// </summary>
internal static class MovePlan
{
    /// <summary>The steps; <see langword="null"/> where the commit does more, or the database has no such statements.</summary>
    public static IReadOnlyList<Step>? Of(ClaimCommit commit, StoreTables tables)
    {
        if (tables.Engine != Engine.PostgreSql || !IsManyMoves(commit))
        {
            return null;
        }

        var sql = StoreSql.Of(tables);

        // Two sweeps that meet wait for each other's rows in the same order.
        var claims = commit.Claims.OrderBy(claim => claim.Id.Value).ToList();
        List<Step> steps = [ClaimSteps.MoveAll(sql, claims)];
        var due = claims.Where(claim => claim.DueAt is not null).ToList();
        if (due.Count > 0)
        {
            steps.Add(ClaimSteps.SetAllDue(sql, due));
        }

        if (due.Count < claims.Count)
        {
            steps.Add(ClaimSteps.ClearAllDue(sql, [.. claims.Where(claim => claim.DueAt is null)]));
        }

        if (commit.Events.Count > 0)
        {
            steps.Add(EventSteps.InsertAll(sql, commit.Events));
        }

        return steps;
    }

    private static bool IsManyMoves(ClaimCommit commit)
    {
        if (commit.Claims.Count < 2
            || commit is not { Work.Count: 0, Settled.Count: 0, Replayed.Count: 0, Completed.Count: 0 }
            || commit.Claims.Any(claim => claim is not { Version: > 1, Status.IsLive: true }))
        {
            return false;
        }

        var known = commit.Claims.Select(claim => claim.Id).ToHashSet();
        return known.Count == commit.Claims.Count && commit.Events.All(entry => known.Contains(entry.ClaimId));
    }
}
