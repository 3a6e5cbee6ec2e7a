using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>
/// The steps of a commit, in an order that breaks no unique key on the way and lets no two commits wait for each other; or its refusal,
/// where a look at the commit alone is enough.
/// </summary>
internal sealed class CommitPlan
{
    private readonly StoreSql _sql;
    private readonly Engine _engine;
    private readonly List<Step> _steps = [];

    private CommitPlan(StoreTables tables)
    {
        _engine = tables.Engine;
        _sql = StoreSql.Of(tables);
    }

    public static (IReadOnlyList<Step> Steps, Refusal? Refusal) Of(ClaimCommit commit, StoreTables tables)
    {
        if (CommitRules.Refuse(commit) is { } refusal)
        {
            return ([], refusal);
        }

        var plan = new CommitPlan(tables);
        plan.Add(commit);
        return (plan._steps, null);
    }

    private void Add(ClaimCommit commit)
    {
        AddLocks(commit);
        var known = commit.Claims.Select(claim => claim.Id).ToHashSet();
        foreach (var entry in commit.Events.Where(entry => !known.Contains(entry.ClaimId)))
        {
            _steps.Add(new Step(_sql.ClaimExists, entry.ClaimId.Value));
        }

        AddClaims(commit.Claims);
        _steps.AddRange(commit.Events.Select(entry => EventSteps.Insert(_sql, entry)));
        foreach (var settled in commit.Settled)
        {
            _steps.AddRange(WorkSteps.Settle(_sql, settled));
        }

        _steps.AddRange(commit.Completed.Select(completion => RequestSteps.Complete(_sql, completion)));
        _steps.AddRange(commit.Work.Select(work => WorkSteps.Enqueue(_sql, work)));
        _steps.AddRange(WorkSteps.OpenQueues(_sql, commit.Work));
        foreach (var replayed in commit.Replayed)
        {
            _steps.AddRange(WorkSteps.Replay(_sql, replayed));
        }
    }

    /// <summary>
    /// Lets commits about one domain follow one another, so that what a later step reads is true until the end. SQLite has one writer
    /// anyway.
    /// </summary>
    private void AddLocks(ClaimCommit commit)
    {
        if (_engine == Engine.Sqlite)
        {
            return;
        }

        var claims = CommitRules.IsSingleMove(commit) ? [] : commit.Claims;
        var domains = claims.Select(claim => (claim.Profile, Domain: claim.Domain.Value))
            .Concat(commit.Work.Select(work => (work.Profile, Domain: work.Domain.Value)))
            .Distinct()
            .OrderBy(item => item.Profile, StringComparer.Ordinal)
            .ThenBy(item => item.Domain, StringComparer.Ordinal);
        _steps.AddRange(domains.Select(item => new Step(_sql.LockDomain, item.Profile, item.Domain)));
        var work = commit.Settled.Select(item => item.Id).Concat(commit.Replayed.Select(item => item.Id)).Order();
        _steps.AddRange(work.Select(id => new Step(_sql.LockDomainOfWork, id)));
    }

    private void AddClaims(IReadOnlyList<DomainClaim> claims)
    {
        // Whoever begins to hold is compared with what is stored, so that comes before anything of the commit is.
        var holders = claims.Where(claim => claim.Status.Holds).OrderBy(claim => claim.Epoch).ToList();
        foreach (var holder in holders)
        {
            _steps.Add(ClaimSteps.NoRival(_sql, holder, claims));
            _steps.Add(ClaimSteps.RaiseEpoch(_sql, holder));
        }

        var inOrder = claims
            .OrderBy(claim => claim.Version == 1)
            .ThenBy(claim => claim.Status.IsLive)
            .ThenBy(claim => claim.Status.Holds)
            .ThenBy(claim => claim.Id.Value);
        _steps.AddRange(inOrder.Select(claim => ClaimSteps.Write(_sql, claim)));
        _steps.AddRange(ClaimSteps.SetDue(_sql, claims));
    }
}
