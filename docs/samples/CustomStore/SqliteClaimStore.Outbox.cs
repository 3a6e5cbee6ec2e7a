using DomainVerification;

namespace CustomStore;

public sealed partial class SqliteClaimStore
{
    /// <summary>Refuses what no caller can mean, whatever is stored by now: these are mistakes, not conflicts.</summary>
    private static async Task ThrowIfMistakenAsync(Session session, ClaimCommit commit)
    {
        if (commit.Settled.Any(item => item is { RetryAt: not null, DeadAt: not null }))
        {
            throw new ArgumentException("Work cannot be tried again and be a dead letter.", nameof(commit));
        }

        if (commit.Work.DistinctBy(item => item.Id).Count() < commit.Work.Count)
        {
            throw new ArgumentException("An operation is in the commit twice.", nameof(commit));
        }

        foreach (var id in commit.Events.Select(entry => entry.ClaimId).Except(commit.Claims.Select(claim => claim.Id)))
        {
            if (!await session.HoldsAsync($"SELECT EXISTS (SELECT 1 FROM claims WHERE id = {id})"))
            {
                throw new ArgumentException("An event belongs to a claim that is neither stored nor in the commit.", nameof(commit));
            }
        }
    }

    /// <summary>
    /// Refuses work that is in the outbox already. Asked last: of two callers who make the same move, the second has a stale version, and
    /// is told that.
    /// </summary>
    private static async Task ThrowIfPresentAsync(Session session, ClaimCommit commit)
    {
        foreach (var work in commit.Work)
        {
            if (await FindWorkAsync(session, work.Id) is not null)
            {
                throw new ArgumentException("An operation of the commit is in the outbox already.", nameof(commit));
            }
        }
    }

    /// <summary>Whether all work is where it must be to be settled or replayed. Asked before anything moves.</summary>
    private static async Task<bool> CanMoveAsync(Session session, ClaimCommit commit)
    {
        var ids = commit.Settled.Select(item => item.Id).Concat(commit.Replayed.Select(item => item.Id)).ToList();
        if (ids.Distinct().Count() < ids.Count)
        {
            return false;
        }

        foreach (var item in commit.Settled)
        {
            var canSettle = await PlaceOfAsync(session, item.Id) switch
            {
                "head" => true,
                "dead" => item is { RetryAt: null, DeadAt: null },
                _ => false,
            };
            if (!canSettle)
            {
                return false;
            }
        }

        foreach (var item in commit.Replayed)
        {
            if (await PlaceOfAsync(session, item.Id) != "dead")
            {
                return false;
            }
        }

        return true;
    }

    private static async Task MoveAsync(Session session, ClaimCommit commit)
    {
        foreach (var item in commit.Settled)
        {
            await SettleAsync(session, item);
        }

        foreach (var work in commit.Work)
        {
            await EnqueueAsync(session, work);
        }

        foreach (var item in commit.Replayed)
        {
            var dead = (await FindWorkAsync(session, item.Id))!;
            await session.ExecuteAsync($"DELETE FROM work WHERE id = {item.Id}");
            await EnqueueAsync(session, dead with { DueAt = item.DueAt, Attempts = 0, LastError = null, DeadAt = null });
        }
    }

    private static Task<string?> PlaceOfAsync(Session session, Guid id) => session.FindAsync(
        $"""
        SELECT CASE
            WHEN number IS NULL THEN 'dead'
            WHEN number = (SELECT min(number) FROM work WHERE profile = w.profile AND domain = w.domain AND target = w.target) THEN 'head'
            ELSE 'waiting' END
        FROM work AS w WHERE id = {id}
        """,
        row => row.GetString(0));

    private static async Task SettleAsync(Session session, SettledWork settled)
    {
        if (settled is { RetryAt: null, DeadAt: null })
        {
            await session.ExecuteAsync($"DELETE FROM work WHERE id = {settled.Id}");
            return;
        }

        // A retry keeps its place in the queue, a dead letter gives it up; both end the lease.
        var work = (await FindWorkAsync(session, settled.Id))!;
        var tried = work with
        {
            Attempts = work.Attempts + 1,
            LastError = settled.Error,
            DueAt = settled.RetryAt ?? work.DueAt,
            DeadAt = settled.DeadAt,
        };
        await session.ExecuteAsync($"""
            UPDATE work
            SET number = CASE WHEN {tried.DeadAt} IS NULL THEN number END, due_at = {tried.DueAt}, leased_until = 0,
                body = {StoreJson.Text(tried)}
            WHERE id = {tried.Id}
            """);
    }

    private static async Task EnqueueAsync(Session session, ClaimWork work)
    {
        await session.ExecuteAsync($"""
            INSERT INTO work (id, number, profile, domain, target, created_at, due_at, body)
            SELECT {work.Id}, coalesce(max(number), 0) + 1, {work.Profile}, {work.Domain}, {work.Target}, {work.CreatedAt}, {work.DueAt},
                {StoreJson.Text(work)}
            FROM work WHERE profile = {work.Profile} AND domain = {work.Domain} AND target = {work.Target}
            """);

        // A retry that is days away must not hold up what comes behind it. Its lease stays as it is.
        var head = (await session.FindAsync(
            $"""
            SELECT body FROM work
            WHERE profile = {work.Profile} AND domain = {work.Domain} AND target = {work.Target} AND number IS NOT NULL
            ORDER BY number LIMIT 1
            """,
            ReadWork))!;
        if (work.DueAt < head.DueAt)
        {
            var body = StoreJson.Text(head with { DueAt = work.DueAt });
            await session.ExecuteAsync($"UPDATE work SET due_at = {work.DueAt}, body = {body} WHERE id = {head.Id}");
        }
    }
}
